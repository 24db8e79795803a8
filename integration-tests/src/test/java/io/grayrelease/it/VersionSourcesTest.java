package io.grayrelease.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The places in which a provider can say its version, seen by a consumer that has a version of its own. */
class VersionSourcesTest {
    @TempDir
    Path folder;

    private TestingServer zooKeeper;
    private Chain chain;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = new TestingServer(true);
    }

    @AfterEach
    void stop() throws Exception {
        chain.close();
        zooKeeper.close();
    }

    private void chain(String mode) {
        chain = new Chain(zooKeeper.getConnectString(), folder, mode, "dubbo");
        chain.write("switch", "on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"interface", "instance"})
    void places_areReadInOrder(String mode) {
        chain(mode);
        chain.stock("1.0.0");
        app("parameter", app -> app.version("x").application(config -> config.setVersion("x")), "2.1.0");
        app("property", app -> app.version("2.2.0").application(config -> config.setVersion("x")), null);
        app("application", app -> app.application(config -> config.setVersion("2.3.0")), null);
        app("nothing", app -> {}, null);
        chain.order("1.0.0").consumer();
        chain.awaitPaths(paths -> paths.size() == 5);

        for (Map.Entry<String, String> place : Map.of("parameter", "2.1.0", "property", "2.2.0", "application", "2.3.0")
                .entrySet()) {
            chain.policy("rule.1-a", "true => T", "route.T", Chain.STOCK + ":" + place.getValue());
            assertThat(chain.paths(8)).containsExactly("order 1.0.0 > stock " + place.getKey());
        }
        chain.policy("route.T", Chain.STOCK + ":2.*", "route.U", "*:1.0.0");
        assertThat(chain.paths(8)).as("baseline is what nothing names").containsExactly("order 1.0.0 > stock nothing");
    }

    private void app(String name, Consumer<App> change, String parameter) {
        App app = chain.app("stock-app");
        change.accept(app);
        app.provides(Stock.class, new StockService("stock " + name), service -> {
            if (parameter != null) {
                service.setParameters(Map.of("gray.version", parameter));
            }
        });
        chain.add(name, app.start());
    }

    @ParameterizedTest
    @ValueSource(strings = {"interface", "instance"})
    void serviceVersion_isTakenForConsumersOfAllVersions(String mode) {
        chain(mode);
        for (String version : List.of("1.0.0", "2.0.0")) {
            App app = chain.app("stock-app")
                    .provides(
                            Stock.class, new StockService("stock " + version), service -> service.setVersion(version));
            chain.add("stock " + version, app.start());
        }
        App consumer = chain.app("consumer-app");
        ReferenceConfig<Stock> reference = consumer.refers(Stock.class);
        reference.setVersion("*");
        chain.add("consumer", consumer.start());
        Stock stock = reference.get();
        chain.policy("rule.1-a", "uid == 7 => T", "route.T", Chain.STOCK + ":2.0.0");

        await().ignoreExceptions().until(() -> Hop.path(stock.stock("x")), "stock 1.0.0"::equals);
        for (int i = 0; i < 8; i++) {
            assertThat(Hop.path(stock.stock("x"))).isEqualTo("stock 1.0.0");
            RpcContext.getClientAttachment().setAttachment("uid", "7");
            assertThat(Hop.path(stock.stock("x"))).isEqualTo("stock 2.0.0");
        }
    }

    @Test
    void version_isInTheInstanceMetadata_whereAgentsReadIt() throws Exception {
        chain("all");
        chain.stock("2.0.0");
        try (CuratorFramework curator =
                CuratorFrameworkFactory.newClient(zooKeeper.getConnectString(), new RetryOneTime(100))) {
            curator.start();
            List<String> instances = curator.getChildren().forPath("/services/stock-app");
            assertThat(instances).hasSize(1);
            byte[] data = curator.getData().forPath("/services/stock-app/" + instances.get(0));
            assertThat(new String(data, StandardCharsets.UTF_8)).contains("\"gray.version\":\"2.0.0\"");
        }
    }
}
