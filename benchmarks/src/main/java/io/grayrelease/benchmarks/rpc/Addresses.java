package io.grayrelease.benchmarks.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.config.configcenter.DynamicConfiguration;
import org.apache.dubbo.common.config.configcenter.DynamicConfigurationFactory;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.registry.Registry;
import org.apache.dubbo.registry.RegistryFactory;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;

/** What stands in ZooKeeper before a consumer starts, written through Dubbo's own API. */
final class Addresses implements AutoCloseable {
    /** One address in so many is of the gray version. */
    private static final int GRAY_EVERY = 10;

    private static final int HOSTS_PER_NET = 250;

    private final FrameworkModel framework = new FrameworkModel();
    private final ApplicationModel model = framework.newApplication();
    private final String zooKeeper;
    private final URL url;

    /** Addresses in a ZooKeeper at {@code host:port}. */
    Addresses(String zooKeeper) {
        model.getApplicationConfigManager().setApplication(new ApplicationConfig("benchmark-driver"));
        this.zooKeeper = zooKeeper;
        this.url = URL.valueOf("zookeeper://" + zooKeeper + "?file.cache=false").setScopeModel(model);
    }

    String zooKeeper() {
        return zooKeeper;
    }

    /** Registers a provider under its own addresses, as it says them. */
    void register(String group, List<String> exported) {
        Registry registry = registry(group);
        exported.forEach(provider -> registry.register(URL.valueOf(provider)));
    }

    /** Registers a provider under many addresses of the loopback network: connections to each of them reach it. */
    void register(Variant variant, List<String> exported, int count) {
        Registry registry = registry(variant.group());
        addresses(variant, exported, count).forEach(registry::register);
    }

    /** Takes back what {@link #register(Variant, List, int)} did. */
    void unregister(Variant variant, List<String> exported, int count) {
        Registry registry = registry(variant.group());
        addresses(variant, exported, count).forEach(registry::unregister);
    }

    private static List<URL> addresses(Variant variant, List<String> exported, int count) {
        List<URL> addresses = new ArrayList<>();
        for (URL provider : exported.stream().map(URL::valueOf).toList()) {
            boolean gray = Variant.GRAY_VERSION.equals(provider.getParameter("gray.version"));
            URL registered =
                    gray && variant == Variant.TAG_ROUTER ? provider.addParameter("dubbo.tag", "gray") : provider;
            IntStream.range(0, count)
                    .filter(i -> (i % GRAY_EVERY == 0) == gray)
                    .forEach(i -> addresses.add(registered.setHost(host(i))));
        }
        return addresses;
    }

    private Registry registry(String group) {
        return model.getExtensionLoader(RegistryFactory.class)
                .getAdaptiveExtension()
                .getRegistry(url.addParameter("group", group));
    }

    private static String host(int number) {
        return "127.0." + (1 + number / HOSTS_PER_NET) + "." + (1 + number % HOSTS_PER_NET);
    }

    /** Publishes the rule of the condition router. */
    void publishRule() {
        String rule =
                """
                configVersion: v3.0
                scope: service
                force: true
                runtime: true
                enabled: true
                key: %s
                conditions:
                  - attachments[%s]=gray => gray.version=%s
                  - attachments[%s]!=gray => gray.version=%s
                """
                        .formatted(
                                Echo.class.getName(),
                                Variant.STAGE,
                                Variant.GRAY_VERSION,
                                Variant.STAGE,
                                Variant.STABLE_VERSION);
        DynamicConfiguration configuration = model.getExtensionLoader(DynamicConfigurationFactory.class)
                .getExtension("zookeeper")
                .getDynamicConfiguration(url.addParameter("namespace", Variant.CONDITION_ROUTER.group()));
        String key = Echo.class.getName() + "::.condition-router";
        if (!configuration.publishConfig(key, DynamicConfiguration.DEFAULT_GROUP, rule)) {
            throw new IllegalStateException("the condition rule is not published");
        }
    }

    @Override
    public void close() {
        framework.destroy();
    }
}
