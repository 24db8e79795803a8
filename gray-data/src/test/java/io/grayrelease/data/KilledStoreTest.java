package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A database is killed with -9 while writes go on, twice, and started again. */
class KilledStoreTest {
    private static final long LIMIT_MILLIS = 50;

    @Test
    @EnabledIf("io.grayrelease.data.LivePostgresql#isInstalled")
    void postgresqlAsNewStore_killed_noWriteFailsOrIsLost() throws Exception {
        try (LiveServer server = LivePostgresql.started();
                TwoStores stores = new TwoStores(Database.of(Database.Make.POSTGRESQL), Database.on(server))) {
            newStoreKilled(stores, server);
        }
    }

    @Test
    @EnabledIf("io.grayrelease.data.LiveMariaDb#isInstalled")
    void mariaDbAsNewStore_killed_noWriteFailsOrIsLost() throws Exception {
        try (LiveServer server = LiveMariaDb.started();
                TwoStores stores = new TwoStores(Database.of(Database.Make.MARIADB), Database.on(server))) {
            newStoreKilled(stores, server);
        }
    }

    private static void newStoreKilled(TwoStores stores, LiveServer server) throws Exception {
        for (int id = 0; id < 2_000; id++) {
            stores.old().execute("INSERT INTO orders VALUES (" + id + ", 'before', 0)");
        }
        try (Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                .immediateLimit(Duration.ofMillis(LIMIT_MILLIS))
                .start()) {
            stores.phase(DataPhase.GRAY_READ);
            Copy copy = service.copy(CopySettings.DEFAULTS.chunkRows(20).rowsPerSecond(800));
            try (Writers writers = new Writers(service)) {
                for (int kill = 0; kill < 2; kill++) {
                    writers.awaitMore(200);
                    Counts counts = service.counts(); // they go on counting
                    long failed = counts.relayFailed();
                    long skipped = counts.immediateSkipped();
                    server.kill();
                    writers.awaitMore(400);
                    await("the store is missed")
                            .atMost(Duration.ofSeconds(30))
                            .until(() -> counts.relayFailed() > failed && counts.immediateSkipped() > skipped);
                    server.start();
                }
                writers.awaitMore(200);
                writers.stop();
                assertThat(writers.failed.get()).isZero();
                assertThat(writers.blockedMillis.get()).isLessThan(LIMIT_MILLIS + 1_000);
            }
            CopyTest.awaitDone(copy);
            TwoStores.awaitDrained(service);

            stores.assertNothingDiffers();
        }
    }

    @Test
    @EnabledIf("io.grayrelease.data.LivePostgresql#isInstalled")
    void postgresqlAsPrimary_killed_whatIsCommittedArrives() throws Exception {
        try (LiveServer server = LivePostgresql.started();
                TwoStores stores = new TwoStores(Database.on(server), Database.of(Database.Make.POSTGRESQL))) {
            primaryKilled(stores, server);
        }
    }

    @Test
    @EnabledIf("io.grayrelease.data.LiveMariaDb#isInstalled")
    void mariaDbAsPrimary_killed_whatIsCommittedArrives() throws Exception {
        try (LiveServer server = LiveMariaDb.started();
                TwoStores stores = new TwoStores(Database.on(server), Database.of(Database.Make.MARIADB))) {
            primaryKilled(stores, server);
        }
    }

    private static void primaryKilled(TwoStores stores, LiveServer server) throws Exception {
        try (Migration<Long, Order> service = stores.service(OrderMapper.NEW).start();
                Writers writers = new Writers(service)) {
            for (int kill = 0; kill < 2; kill++) {
                writers.awaitMore(200);
                server.kill();
                server.start();
            }
            writers.awaitMore(200);
            writers.stop();
            TwoStores.awaitDrained(service);

            assertThat(writers.failed.get()).isPositive();
            stores.assertNothingDiffers();
        }
    }

    /** Threads that write until they are stopped. */
    private static final class Writers implements AutoCloseable {
        private static final int THREADS = 2;

        private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Future<?>[] running = new Future<?>[THREADS];
        final AtomicLong written = new AtomicLong();
        final AtomicLong failed = new AtomicLong();
        /** The longest that a write took beyond its own transaction, with what the machine was busy with. */
        final AtomicLong blockedMillis = new AtomicLong();

        Writers(Migration<Long, Order> service) {
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                running[i] = threads.submit(() -> {
                    while (!stopped.get()) {
                        write(service, random);
                    }
                });
            }
        }

        private void write(Migration<Long, Order> service, Random random) {
            Order order = Order.of(random.nextInt(300), "c", "" + random.nextInt(1_000))
                    .by("app", random.nextInt(100));
            long[] ended = {0};
            try {
                service.write(tx -> {
                    if (random.nextInt(5) == 0) {
                        tx.delete(order.id());
                    } else if (!tx.update(order)) {
                        tx.insert(order);
                    }
                    ended[0] = System.nanoTime();
                });
                long beyond = (System.nanoTime() - ended[0]) / 1_000_000;
                blockedMillis.accumulateAndGet(beyond, Math::max);
                written.incrementAndGet();
            } catch (SQLException e) {
                if (!"23".equals(String.valueOf(e.getSQLState()).substring(0, 2)) && !Faults.isOfOrder(e)) {
                    failed.incrementAndGet();
                }
            }
        }

        void awaitMore(int writes) {
            long enough = written.get() + writes;
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> written.get() >= enough);
        }

        void stop() throws Exception {
            stopped.set(true);
            for (Future<?> each : running) {
                each.get();
            }
        }

        @Override
        public void close() {
            stopped.set(true);
            threads.shutdownNow();
        }
    }
}
