package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What every queue keeps, over a broker in a process of its own that is killed with -9. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueuePromises {
    /** Longer than a test: what arrives has come through the queue. */
    private static final Duration NEVER = Duration.ofMinutes(10);

    private static final Duration LONG = Duration.ofSeconds(90);
    /** On a busy machine; who waited for the broker would wait for 5 s and more. */
    private static final long BLOCKED_MILLIS = 4_000;

    /** The queue may still hold events of the test before, twice sent ones; its versions must be none of the next one's outbox. */
    private static final AtomicLong NEXT_VERSION = new AtomicLong();

    private static final long VERSIONS = 1_000_000;

    private LiveProcess broker;

    /** A broker that is not started yet. */
    abstract LiveProcess broker() throws Exception;

    abstract Carrier.Factory factory(LiveProcess ofBroker);

    @BeforeAll
    void open() throws Exception {
        broker = broker();
    }

    @AfterAll
    void close() {
        broker.close();
    }

    @BeforeEach
    void start() {
        broker.start();
    }

    @Test
    void writes_brokerKilledUnderThem_arriveAllThroughTheQueue() throws Exception {
        try (TwoStores stores = stores();
                Migration<Long, Order> service = service(stores, NEVER).start();
                Migration<Long, Order> other = service(stores, NEVER).start();
                Writers writers = new Writers(service)) {
            for (int kill = 0; kill < 2; kill++) {
                writers.awaitMore(200);
                await().atMost(LONG)
                        .until(() -> service.counts().applied() + other.counts().applied() > 0);
                long failed = service.counts().relayFailed() + other.counts().relayFailed();
                broker.kill();
                writers.awaitMore(200);
                await("the broker is missed")
                        .atMost(LONG)
                        .until(() ->
                                service.counts().relayFailed() + other.counts().relayFailed() > failed);
                broker.start();
            }
            writers.awaitMore(200);
            writers.stop();

            assertThat(writers.failed.get()).isZero();
            assertThat(writers.blockedMillis.get()).isLessThan(BLOCKED_MILLIS);
            awaitDrained(service);
            assertThat(service.counts().pastQueue() + other.counts().pastQueue())
                    .isZero();
            stores.assertNothingDiffers();
        }
    }

    @Test
    void service_startedWithoutTheBroker_servesAndFindsItLater() throws Exception {
        broker.kill();
        try (TwoStores stores = stores()) {
            long began = System.nanoTime();
            try (Migration<Long, Order> service = service(stores, NEVER).start()) {
                insert(service, 0, 50);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
                await().atMost(LONG).until(() -> service.counts().relayFailed() > 0);
                assertThat(stores.inNew()).isEmpty();

                broker.start();
                awaitDrained(service);
                assertThat(stores.inNew()).hasSize(50);
                stores.assertNothingDiffers();
            }
        }
    }

    @Test
    void broker_deadForLong_isPassed() throws Exception {
        try (TwoStores stores = stores();
                Migration<Long, Order> service =
                        service(stores, Duration.ofSeconds(1)).start()) {
            broker.kill();
            insert(service, 0, 50);
            awaitDrained(service);

            await().until(() -> service.counts().pastQueue() == 50);
            stores.assertNothingDiffers();
        }
    }

    @Test
    void newStore_awayForAWhile_getsAllOfItFromTheQueue() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        try (TwoStores stores = stores()) {
            DataSource ofNew = stores.ofNew().sourceAfter(() -> refuse(away.get(), refused));
            try (Migration<Long, Order> service = stores.service(OrderMapper.NEW, ofNew)
                    .carrier(factory(broker))
                    .queueLimit(NEVER)
                    .start()) {
                insert(service, 0, 20);
                awaitDrained(service);
                away.set(true);
                insert(service, 20, 300);
                await("the queue tries again and again").atMost(LONG).until(() -> refused.get() >= 5);
                assertThat(service.backlog().events()).isEqualTo(280);
                away.set(false);
                awaitDrained(service);

                assertThat(stores.inNew()).hasSize(300);
                assertThat(service.deadLetters()).isZero();
                stores.assertNothingDiffers();
            }
        }
    }

    @Test
    void event_tooLargeForTheQueue_arrivesPastIt() throws Exception {
        try (TwoStores stores = stores();
                Migration<Long, Order> service = service(stores, NEVER).start()) {
            widen(stores.old(), "orders");
            widen(stores.ofNew(), "orders_v2");
            service.write(tx -> tx.insert(Order.of(1, "Ann".repeat(2_000_000), "1.00")));
            service.write(tx -> tx.insert(Order.of(2, "Bob", "1.00")));
            awaitDrained(service);

            assertThat(stores.inNew()).hasSize(2);
            stores.assertNothingDiffers();
        }
    }

    @Test
    void migrations_onOneTopic_keepApart() throws Exception {
        try (TwoStores one = stores();
                TwoStores two = stores()) {
            TwoStores.fact(two.old(), "another", DataPhase.CAPTURE);
            try (Migration<Long, Order> first = service(one, NEVER).start();
                    Migration<Long, Order> second = Migration.of(
                                    "another", two.old().source(), two.ofNew().source(), OrderMapper.NEW)
                            .phase(() -> DataPhase.CAPTURE)
                            .withoutSteward()
                            .carrier(factory(broker))
                            .queueLimit(NEVER)
                            .start()) {
                insert(first, 0, 40);
                insert(second, 100, 140);
                awaitDrained(first);
                awaitDrained(second);

                one.assertNothingDiffers();
                two.assertNothingDiffers();
                assertThat(one.inNew()).hasSize(40);
                assertThat(two.inNew()).hasSize(40);
            }
        }
    }

    private static TwoStores stores() throws Exception {
        List<Pair> installed = Pair.installed().toList();
        TwoStores stores = Stream.of(Pair.POSTGRESQL_TO_MARIADB, Pair.POSTGRESQL, Pair.MARIADB, Pair.H2)
                .filter(installed::contains)
                .findFirst()
                .orElseThrow()
                .stores();
        OutboxSequence.lift(stores.old().source(), NEXT_VERSION.addAndGet(VERSIONS));
        return stores;
    }

    private MigrationBuilder<Long, Order> service(TwoStores stores, Duration queueLimit) {
        return stores.service(OrderMapper.NEW).carrier(factory(broker)).queueLimit(queueLimit);
    }

    private static void insert(Migration<Long, Order> service, int from, int to) throws SQLException {
        for (int id = from; id < to; id++) {
            Order order = Order.of(id, "c" + id, "1.00").by("app", id);
            service.write(tx -> tx.insert(order));
        }
    }

    private static void widen(Database database, String table) throws SQLException {
        Dialect dialect;
        try (Connection connection = database.source().getConnection()) {
            dialect = Dialect.of(connection);
        }
        database.execute("ALTER TABLE " + table
                + switch (dialect) {
                    case POSTGRESQL -> " ALTER COLUMN customer TYPE TEXT";
                    case MARIADB, MYSQL -> " MODIFY customer LONGTEXT";
                    case H2 -> " ALTER COLUMN customer SET DATA TYPE VARCHAR(10000000)";
                });
    }

    private static void refuse(boolean away, AtomicInteger refused) throws SQLException {
        if (away) {
            refused.incrementAndGet();
            throw new SQLException("away", "08001");
        }
    }

    private static void awaitDrained(Migration<?, ?> service) {
        await("the outbox is empty")
                .atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(service.backlog()).hasToString("0 events, the oldest of 0 ms"));
    }
}
