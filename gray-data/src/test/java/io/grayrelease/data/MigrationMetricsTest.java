package io.grayrelease.data;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import io.grayrelease.policy.model.DataPhase;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Over real stores, in a registry that a service would have. */
@Isolated("migrations of other tests are in the global registry too")
class MigrationMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void end() {
        Metrics.removeRegistry(registry);
        registry.close();
    }

    @Test
    void gauges_ofACopyAndAComparison_sayHowFarTheyAre() throws Exception {
        try (TwoStores stores = Pair.H2.stores()) {
            stores.old().execute("INSERT INTO orders VALUES (1, 'Ann', 1), (2, 'Bob', 2), (3, 'Cid', 3)");
            try (Migration<Long, Order> service = bound(service(stores))) {
                assertThat(gauge("gray.data.copy.rows")).as("asks no database").isNaN();
                service.write(tx -> tx.update(Order.of(3, "Cid", "3.10")));
                TwoStores.awaitDrained(service);
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                awaitGauge("gray.data.copy.rows", 3);
                awaitGauge("gray.data.copy.written", 2);
                awaitGauge("gray.data.copy.size", 3);
                awaitGauge("gray.data.copy.left", 0);
                assertThat(gauge("gray.data.copy.rate")).isPositive();

                stores.ofNew().execute("UPDATE orders_v2 SET customer = 'Eve' WHERE id < 3");
                compare(service, CompareSettings.DEFAULTS);
                awaitGauge("gray.data.differences.open", 2);
                awaitGauge("gray.data.compare.rows", 3);
                awaitGauge("gray.data.compare.size", 3);
                awaitGauge("gray.data.compare.left", 0);
                assertThat(gauge("gray.data.compare.rate")).isPositive();

                compare(service, CompareSettings.DEFAULTS.repair(true));
                awaitGauge("gray.data.differences.open", 0);
                assertThat(gauge("gray.data.differences.found")).isEqualTo(2);
            }
        }
    }

    @Test
    void gauges_ofThePhases_sayFactAndWish() throws Exception {
        DataPhase[] wish = {DataPhase.GRAY_READ};
        try (TwoStores stores = Pair.H2.stores()) {
            stores.phase(DataPhase.GRAY_READ);
            try (Migration<Long, Order> service = bound(service(stores).phase(() -> wish[0]))) {
                assertThat(gauge("gray.data.phase")).isEqualTo(2);
                service.step(DataPhase.NEW_PRIMARY);
                assertThat(gauge("gray.data.phase")).isEqualTo(3);
                assertThat(gauge("gray.data.wish")).isEqualTo(2);
                assertThat(gauge("gray.data.epoch")).isEqualTo(2);
                wish[0] = null;
                assertThat(gauge("gray.data.wish")).as("no policy yet").isNaN();
            }
        }
    }

    @Test
    void gauge_whereTheServicesWishFails_isNotANumber() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        try (TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> ignored = bound(service(stores).phase(() -> {
                    if (fails.get()) {
                        throw new IllegalStateException("no policy");
                    }
                    return DataPhase.CAPTURE;
                }))) {
            fails.set(true);
            assertThat(gauge("gray.data.wish")).isNaN();
            awaitGauge("gray.data.phase", 1);
        }
    }

    @Test
    void gauges_whileTheNewStoreIsAway_sayWhatWaitsForIt() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        try (TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> service = bound(stores.service(OrderMapper.NEW, around(stores.ofNew(), () -> {
                            if (away.get()) {
                                throw new SQLException("away", "08001");
                            }
                        }))
                        .samplesEvery(Duration.ofMillis(20)))) {
            awaitGauge("gray.data.dead.letters", 0);
            awaitGauge("gray.data.backlog.age", 0);
            away.set(true);
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
            service.write(tx -> tx.insert(Order.of(2, "Bob", "2")));
            awaitGauge("gray.data.backlog.events", 2);
            await().until(() -> gauge("gray.data.backlog.age") > 0.1);
            await().until(() -> Double.isNaN(gauge("gray.data.dead.letters")));

            away.set(false);
            awaitGauge("gray.data.backlog.events", 0);
        }
    }

    @Test
    void deadLetters_areShown() throws Exception {
        try (TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> service = bound(service(stores))) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1").by("a channel that is too long", 1)));
            awaitGauge("gray.data.dead.letters", 1);
            await().until(() -> counter("gray.data.applied", "dead") >= 1);
        }
    }

    /** A database that hangs is no reason for a scrape to hang, nor to hide what the other one says. */
    @Test
    void scrape_whileTheNewStoreHangs_doesNotWait() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        try (TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> service = bound(stores.service(OrderMapper.NEW, around(stores.ofNew(), () -> {
                            if (hangs.get()) {
                                if (Thread.currentThread().getName().contains("metrics")) {
                                    hanging.countDown();
                                }
                                awaitQuietly(goOn);
                            }
                        }))
                        .samplesEvery(Duration.ofMillis(20)))) {
            hangs.set(true);
            assertTimeoutPreemptively(Duration.ofSeconds(10), this::scrape);
            assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
            awaitGauge("gray.data.backlog.events", 1);
            assertTimeoutPreemptively(Duration.ofSeconds(10), this::scrape);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void counters_sayWhatThisProcessDid() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        try (TwoStores stores = Pair.H2.stores()) {
            stores.phase(DataPhase.GRAY_READ);
            DataSource ofNew = around(stores.ofNew(), () -> {
                if (away.get()) {
                    throw new SQLException("away", "08001");
                }
            });
            try (Migration<Long, Order> service =
                    bound(stores.service(OrderMapper.NEW, ofNew).immediateLimit(Duration.ofSeconds(10)))) {
                service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
                assertThat(counter("gray.data.immediate", "done")).isEqualTo(1);

                away.set(true);
                for (int id = 2; id <= 5; id++) {
                    Order order = Order.of(id, "Bob", "2");
                    service.write(tx -> tx.insert(order));
                }
                assertThat(counter("gray.data.immediate", "failed")).isEqualTo(3);
                assertThat(counter("gray.data.immediate", "skipped")).isEqualTo(1);
                assertThat(registry.get("gray.data.writes.captured")
                                .functionCounter()
                                .count())
                        .isEqualTo(5);
            }
        }
    }

    @Test
    void counters_ofWritesThatKnewAnotherFact_sayWhetherTheyRanAgain() throws Exception {
        try (TwoStores stores = Pair.H2.stores()) {
            stores.phase(DataPhase.GRAY_READ);
            try (Migration<Long, Order> lagging = bound(service(stores).switchLimit(Duration.ofSeconds(2)));
                    Migration<Long, Order> other = service(stores).start()) {
                other.step(DataPhase.NEW_PRIMARY);
                lagging.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
                assertThat(fenced()).isEqualTo(1);

                stores.ofNew().execute("UPDATE gray_state SET standing = 'CLOSING', until_ms = 9000000000000");
                assertThatThrownBy(() -> lagging.write(tx -> tx.insert(Order.of(2, "Bob", "2"))))
                        .hasMessageContaining("no store takes writes");
                assertThat(registry.get("gray.data.writes.refused")
                                .functionCounter()
                                .count())
                        .isEqualTo(1);
            }
        }
    }

    private double fenced() {
        return registry.get("gray.data.writes.fenced").functionCounter().count();
    }

    /** Spring Boot's registry is in the global one: nobody has to do anything. */
    @Test
    void migration_isInTheGlobalRegistry_whileItRuns() throws Exception {
        Metrics.addRegistry(registry);
        try (TwoStores stores = Pair.H2.stores()) {
            Migration<Long, Order> one = service(stores).start();
            awaitGauge("gray.data.backlog.events", 0);
            service(stores).start().close();
            new MigrationMetrics(one).bindTo(registry);
            assertThat(gauge("gray.data.phase")).as("of the first of its name").isEqualTo(1);
            assertThat(registry.find("gray.data.phase").gauges()).hasSize(1);

            one.close();
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    private void scrape() {
        for (Meter meter : registry.getMeters()) {
            meter.measure().forEach(Measurement::getValue);
        }
    }

    private static MigrationBuilder<Long, Order> service(TwoStores stores) {
        return stores.service(OrderMapper.NEW).samplesEvery(Duration.ofMillis(20));
    }

    private Migration<Long, Order> bound(MigrationBuilder<Long, Order> service) throws SQLException {
        Migration<Long, Order> migration = service.start();
        new MigrationMetrics(migration).bindTo(registry);
        return migration;
    }

    private static void compare(Migration<Long, Order> service, CompareSettings settings) throws Exception {
        assertThat(service.compare(settings).await(20, TimeUnit.SECONDS)).isTrue();
    }

    private double gauge(String name) {
        return registry.get(name).tag("migration", "order-v2").gauge().value();
    }

    private double counter(String name, String outcome) {
        return registry.get(name).tag("outcome", outcome).functionCounter().count();
    }

    private void awaitGauge(String name, double value) {
        await(name)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> gauge(name) == value);
    }

    private interface Before {
        void call() throws Exception;
    }

    private static DataSource around(Database database, Before before) {
        return (DataSource) Proxy.newProxyInstance(
                MigrationMetricsTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    before.call();
                    return method.invoke(database.source(), arguments);
                });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
