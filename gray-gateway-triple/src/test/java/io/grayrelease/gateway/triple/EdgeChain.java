package io.grayrelease.gateway.triple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.curator.test.TestingServer;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;

import io.grayrelease.demo.servers.FreePorts;
import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.PolicyInForce;

import static org.awaitility.Awaitility.await;

/**
 * An {@link Order} on a Triple port and a {@link Stock} in two versions behind it, over one ZooKeeper, with a policy in a file. Each
 * application has a FrameworkModel of its own: within one, calls would be local and never routed.
 */
final class EdgeChain implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestingServer zooKeeper;
    private final Path folder;
    private final List<DubboBootstrap> started = new ArrayList<>();
    private final int port = FreePorts.next();

    /** A chain whose order has these settings. */
    EdgeChain(Path folder, Map<String, String> settings) throws Exception {
        this.folder = folder;
        zooKeeper = new TestingServer(true);
        write(Map.of("gray.switch", "on"));
        stock("1.0.0");
        stock("2.0.0");
        order(settings);
    }

    private void stock(String version) {
        DubboBootstrap stock = application("stock", FreePorts.next(), Map.of("dubbo.gray.version", version));
        Stock answer = item -> version;
        start(stock.service(service(Stock.class, answer)));
    }

    private void order(Map<String, String> settings) {
        DubboBootstrap order = application("order", port, settings);
        ReferenceConfig<Stock> stock = new ReferenceConfig<>();
        stock.setInterface(Stock.class);
        stock.setCheck(false);
        Order service = new OrderService(stock::get);
        start(order.reference(stock)
                .service(service(Order.class, service))
                .service(service(RestOrder.class, new RestOrderService(service))));
    }

    private static <T> ServiceConfig<T> service(Class<T> type, T implementation) {
        ServiceConfig<T> service = new ServiceConfig<>();
        service.setInterface(type);
        service.setRef(implementation);
        return service;
    }

    private DubboBootstrap application(String name, int port, Map<String, String> settings) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        RegistryConfig registry = new RegistryConfig("zookeeper://" + zooKeeper.getConnectString());
        registry.setRegisterMode("instance");
        registry.setUseAsMetadataCenter(true);
        registry.setUseAsConfigCenter(false);
        DubboBootstrap bootstrap = DubboBootstrap.newInstance(new FrameworkModel());
        bootstrap.application(application).registry(registry).protocol(new ProtocolConfig("tri", port));
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("dubbo.gray.source", "file:" + folder.resolve("policy.properties"));
        all.put("dubbo.gray.cache-dir", folder.resolve(name + port).toString());
        bootstrap.getApplicationModel().modelEnvironment().updateAppExternalConfigMap(all);
        return bootstrap;
    }

    private void start(DubboBootstrap application) {
        started.add(application);
        application.start();
    }

    /** The port of the order. */
    int port() {
        return port;
    }

    /** Publishes a policy by which a rule's requests reach the gray stock, and waits until it is in force everywhere. */
    void rule(String rule) throws IOException {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("gray.rule.1-testers", rule);
        keys.put("gray.route.T", Stock.class.getName() + ":2.0.0");
        String hash = write(keys).hash();
        await().atMost(SOON).until(() -> started.stream().allMatch(application -> hash.equals(inForce(application))));
    }

    private static String inForce(DubboBootstrap application) {
        PolicyInForce policy =
                GrayApplication.of(application.getApplicationModel()).policy();
        return policy == null ? "none" : policy.policy().hash();
    }

    /** In one step, so that nobody reads half of it. */
    private Snapshot write(Map<String, String> keys) throws IOException {
        Path temporary = folder.resolve("policy.tmp");
        Files.write(
                temporary,
                keys.entrySet().stream()
                        .map(key -> key.getKey() + " = " + key.getValue())
                        .toList());
        Files.move(
                temporary,
                folder.resolve("policy.properties"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return Snapshot.of(keys);
    }

    @Override
    public void close() throws IOException {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).stop();
            started.get(i).getApplicationModel().getFrameworkModel().destroy();
        }
        zooKeeper.close();
    }
}
