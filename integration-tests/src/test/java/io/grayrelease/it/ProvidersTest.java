package io.grayrelease.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.zookeeper.providers.Provider;
import io.grayrelease.zookeeper.providers.Providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What tools read of the providers, from what Dubbo itself registers. */
class ProvidersTest {
    @TempDir
    Path folder;

    private final List<App> apps = new ArrayList<>();
    private TestingServer zooKeeper;
    private CuratorFramework tool;

    @BeforeEach
    void start() throws Exception {
        zooKeeper = new TestingServer(true);
        tool = CuratorFrameworkFactory.newClient(zooKeeper.getConnectString(), new RetryOneTime(100));
        tool.start();
    }

    @AfterEach
    void stop() throws Exception {
        apps.forEach(App::close);
        tool.close();
        zooKeeper.close();
    }

    private App app(String name, String mode, Consumer<App> change) {
        App app = new App(name, zooKeeper.getConnectString(), folder, mode, "dubbo");
        change.accept(app);
        apps.add(app);
        return app;
    }

    private void stock(String mode, Consumer<App> change) {
        app("stock-app", mode, change)
                .provides(Stock.class, new StockService("stock"))
                .start();
    }

    private void awaitProviders(String... expected) {
        await().untilAsserted(() -> {
            Providers providers = Providers.read(tool);
            assertThat(providers.unreadable()).isEmpty();
            assertThat(providers.all().stream().map(ProvidersTest::text)).containsExactly(expected);
        });
    }

    private static String text(Provider provider) {
        String service = provider.service().substring(provider.service().lastIndexOf('.') + 1);
        return service + " " + provider.application() + " " + provider.version();
    }

    @ParameterizedTest
    @ValueSource(strings = {"interface", "instance", "all"})
    void providers_areReadOnce_fromEveryLayout(String mode) throws Exception {
        stock(mode, app -> app.version("1.0.0"));
        stock(mode, app -> app.version("2.0.0"));
        stock(mode, app -> app.version("2.0.0"));

        awaitProviders("Stock stock-app 1.0.0", "Stock stock-app 2.0.0", "Stock stock-app 2.0.0");
        assertThat(Providers.read(tool).all().stream().map(Provider::address))
                .doesNotHaveDuplicates()
                .allMatch(address -> address.matches("[0-9.]+:[0-9]+"));
        apps.remove(0).close();
        awaitProviders("Stock stock-app 2.0.0", "Stock stock-app 2.0.0");
    }

    @Test
    void layouts_thatAreMixed_areReadTogether() {
        stock("interface", app -> app.version("1.0.0"));
        stock("instance", app -> app.version("2.0.0"));

        awaitProviders("Stock stock-app 1.0.0", "Stock stock-app 2.0.0");
    }

    /** What one service says for itself, an agent sees by application only where the metadata are in ZooKeeper. */
    @ParameterizedTest
    @CsvSource({"interface, local", "instance, remote", "all, remote"})
    void serviceWithAVersionOfItsOwn_hasThat(String mode, String metadata) {
        app("both-app", mode, app -> app.version("1.0.0").application(config -> config.setMetadataType(metadata)))
                .provides(
                        Stock.class,
                        new StockService("stock"),
                        service -> service.setParameters(Map.of("gray.version", "2.0.0")))
                .provides(Order.class, new OrderService("order", new StockService("stock")))
                .start();

        awaitProviders("Order both-app 1.0.0", "Stock both-app 2.0.0");
    }

    @ParameterizedTest
    @CsvSource({"interface, local", "instance, remote"})
    void applicationVersion_isTaken_ifThereIsNoOther(String mode, String metadata) {
        stock(mode, app -> app.application(config -> config.setVersion("3.0.0"))
                .application(config -> config.setMetadataType(metadata)));
        awaitProviders("Stock stock-app 3.0.0");
    }

    @Test
    void provider_withoutAnyVersion_hasNone() {
        stock("all", app -> {});

        awaitProviders("Stock stock-app null");
    }
}
