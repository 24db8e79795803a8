package io.grayrelease.data;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Nobody says which phase is wanted: that is told once, with what would say it. */
class NoWishTest {
    private static final String EXPECTED = "expected .policy(...) or .phase(...) before start()";

    /** What such a service does without Dubbo; named by its class path alone. */
    public static final class Service implements Runnable {
        @Override
        public void run() {
            org.h2.Driver.load(); // DriverManager has asked for drivers before this class path was there
            try (Said said = new Said(Migration.class);
                    TwoStores stores = Pair.H2.stores();
                    Migration<Long, Order> service = builder(stores).start()) {
                assertThat(said.containing(EXPECTED)).hasSize(1);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void start_withoutDubboAndWithoutAWish_isToldAtOnce() throws Exception {
        try (URLClassLoader without = withoutDubbo()) {
            Class<?> service = without.loadClass(Service.class.getName());
            ((Runnable) service.getConstructor().newInstance()).run();
        }
    }

    /** Dubbo may start later, so it is told after some time only. */
    @Test
    void start_withDubboThatDoesNotStart_isToldOnce() throws Exception {
        try (Said said = new Said(Steward.class);
                TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> service = builder(stores)
                        .withSteward(Duration.ofMillis(20))
                        .wishLimit(Duration.ofSeconds(3))
                        .start()) {
            assertThat(said.containing(EXPECTED)).isEmpty();
            await().until(() -> !said.containing(EXPECTED).isEmpty());
            await().during(Duration.ofMillis(200))
                    .untilAsserted(() -> assertThat(said.containing(EXPECTED)).hasSize(1));
        }
    }

    static MigrationBuilder<Long, Order> builder(TwoStores stores) {
        return Migration.of("order-v2", stores.old().source(), stores.ofNew().source(), OrderMapper.NEW);
    }

    private static URLClassLoader withoutDubbo() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!Path.of(path).getFileName().toString().startsWith("dubbo-")) {
                urls.add(new File(path).toURI().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }
}
