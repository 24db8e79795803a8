package io.grayrelease.data;

import java.time.Duration;

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
}
