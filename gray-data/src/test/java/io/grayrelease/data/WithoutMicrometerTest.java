package io.grayrelease.data;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;

/** A service that has no Micrometer: nothing of ours may want it. */
class WithoutMicrometerTest {
    /** What such a service does; named by its class path alone. */
    public static final class Service implements Runnable {
        @Override
        public void run() {
            org.h2.Driver.load(); // DriverManager has asked for drivers before this class path was there
            try (TwoStores stores = Pair.H2.stores()) {
                stores.phase(DataPhase.GRAY_READ);
                try (Migration<Long, Order> service =
                        stores.service(OrderMapper.NEW).start()) {
                    service.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));
                    TwoStores.awaitDrained(service);
                    stores.assertNothingDiffers();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void migration_runs() throws Exception {
        try (URLClassLoader without = withoutMicrometer()) {
            assertThat(without.getResource("io/micrometer/core/instrument/TimeGauge.class"))
                    .isNull();
            Class<?> service = without.loadClass(Service.class.getName());
            assertThat(service).isNotEqualTo(Service.class);
            ((Runnable) service.getConstructor().newInstance()).run();
        }
    }

    private static URLClassLoader withoutMicrometer() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!path.contains("micrometer")) {
                urls.add(new File(path).toURI().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }
}
