package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DeadLetterTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final String TOO_LONG = "far-too-long-a-channel";
    private static final int MANY = 1_001;

    @ParameterizedTest
    @MethodSource(PAIRS)
    void event_thatTheNewStoreRefuses_isKeptAndOthersPassIt(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            service.write(tx -> {
                tx.insert(Order.of(1, "Ann", "10"));
                tx.insert(Order.of(2, "Bob", "20").by(TOO_LONG, 1));
                tx.insert(Order.of(3, "Cid", "30"));
            });
            awaitDrained(service);

            assertThat(service.deadLetters()).isEqualTo(1);
            assertThat(stores.inNew()).containsOnlyKeys(1L, 3L);

            stores.ofNew().execute(widen(pair));
            await().until(() -> service.deadLetters() == 0);
            assertThat(stores.inNew().get(2L).channel()).isEqualTo(TOO_LONG);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void letter_thatFailsForAnotherReason_keepsThisOne(Pair pair) throws Exception {
        try (Said said = new Said(DeadLetterLog.class);
                TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            stores.ofNew().execute("ALTER TABLE orders_v2 ADD CONSTRAINT dear CHECK (amount < 5)");
            service.write(tx -> tx.insert(Order.of(2, "Bob", "20").by(TOO_LONG, 1)));
            awaitDrained(service);
            String tooLong = reason(stores);
            stores.ofNew().execute(widen(pair));

            await().untilAsserted(() ->
                    assertThat(reason(stores)).isNotEqualTo(tooLong).containsIgnoringCase("constraint"));
            assertThat(said.containing("order-v2: dead letter of orders_v2 in the new store: 2@"))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("Bob") || line.contains(TOO_LONG));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void letters_ofManyRows_areToldInFewLines(Pair pair) throws Exception {
        try (Said said = new Said(DeadLetterLog.class);
                TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            for (int id = 1; id <= 50; id++) {
                Order refused = Order.of(id, "Bob", "20").by(TOO_LONG, 1);
                service.write(tx -> tx.insert(refused));
            }
            awaitDrained(service);

            assertThat(service.deadLetters()).isEqualTo(50);
            assertThat(said.containing("dead letter of orders_v2")).hasSizeBetween(1, 25);
        }
    }

    private static String reason(TwoStores stores) throws SQLException {
        return Sql.own(stores.ofNew().source(), connection -> DeadLetter.first(connection, "order-v2", 9))
                .get(0)
                .reason();
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void event_thatIsSuperseded_isNoDeadLetterForLong(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            service.write(tx -> tx.insert(Order.of(2, "Bob", "20").by(TOO_LONG, 1)));
            awaitDrained(service);
            service.write(tx -> tx.update(Order.of(2, "Bob", "21").by("app", 1)));

            await().until(() -> service.deadLetters() == 0);
            assertThat(stores.inNew().get(2L).channel()).isEqualTo("app");
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_ofARowThatTheNewStoreRefuses_keepsItAndGoesOn(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            for (int id = 1; id <= 9; id++) {
                stores.old().execute("INSERT INTO orders VALUES (" + id + ", 'c', " + id + ")");
            }
            stores.ofNew().execute("ALTER TABLE orders_v2 ADD CONSTRAINT few CHECK (amount <> 5)");
            CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS.chunkRows(4)));

            assertThat(service.deadLetters()).isEqualTo(1);
            assertThat(stores.inNew()).hasSize(8).doesNotContainKey(5L);

            stores.ofNew().execute("ALTER TABLE orders_v2 DROP CONSTRAINT few");
            await().until(() -> service.deadLetters() == 0);
            stores.assertNothingDiffers();
        }
    }

    /** The unique value went from one row to another, and the later event comes first. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void event_thatWaitsForAnotherRow_comesInAfterIt(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD)
                        .carrier(events.factory())
                        .start()) {
            stores.ofNew().execute("CREATE UNIQUE INDEX one_each ON orders_v2 (customer)");
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
            service.write(tx -> tx.delete(1L));
            service.write(tx -> tx.insert(Order.of(2, "Ann", "2")));
            List<Event> all = events.awaited(3);

            events.deliver(all.get(0), all.get(2));
            assertThat(service.deadLetters()).isEqualTo(1);
            events.deliver(all.get(1));

            await().until(() -> service.deadLetters() == 0);
            stores.assertNothingDiffers();
        }
    }

    /** The list of letters was read, and then a round is over, a row deleted, and another round begins. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void letterOfACopiedRow_thatIsTriedInTheNextRound_changesNothing(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD)
                        .deadLettersEvery(Duration.ofHours(1))
                        .start()) {
            stores.old().execute("INSERT INTO orders VALUES (5, 'c', 5)");
            stores.ofNew().execute("ALTER TABLE orders_v2 ADD CONSTRAINT few CHECK (amount <> 5)");
            CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
            assertThat(service.deadLetters()).isEqualTo(1);
            stores.ofNew().execute("ALTER TABLE orders_v2 DROP CONSTRAINT few");

            AtomicInteger connections = new AtomicInteger();
            DataSource slow = stores.ofNew().sourceAfter(() -> {
                if (connections.incrementAndGet() == 2) {
                    service.step(DataPhase.OLD_ONLY);
                    service.write(tx -> tx.delete(5L));
                    service.step(DataPhase.CAPTURE);
                }
            });
            applier(slow).acceptDead();

            assertThat(connections).hasValueGreaterThan(1);
            assertThat(stores.inNew()).isEmpty();
        }
    }

    /** More than are read at a time. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void letters_thatStay_hideNoneAfterThem(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores()) {
            DeadLetters dead = new DeadLetters("order-v2", stores.ofNew().source());
            SQLException fault = new SQLException("too long");
            for (long id = 1; id <= MANY; id++) {
                // Two of each version: copied rows all have the same.
                dead.add(event(id, id / 2, TOO_LONG), fault);
            }
            dead.add(event(MANY + 1, MANY, "app"), fault);

            assertThat(applier(stores.ofNew().source()).acceptDead()).isEqualTo(1);
            assertThat(stores.inNew()).containsOnlyKeys(MANY + 1L);
            assertThat(dead.count()).isEqualTo(MANY);
        }
    }

    /** There is nothing to try again, and the reason of before is the true one. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void letterWithoutABody_keepsItsReason(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores()) {
            DeadLetters dead = new DeadLetters("order-v2", stores.ofNew().source());
            dead.addWithoutBody(event(1, 5, "web"), new SQLException("too large", "54000"));

            assertThat(applier(stores.ofNew().source()).acceptDead()).isZero();
            assertThat(reason(stores)).isEqualTo("too large");
            assertThat(dead.count()).isEqualTo(1);
        }
    }

    private static Event event(long id, long version, String channel) {
        return Event.of(
                String.valueOf(id),
                version,
                Image.written(
                        Map.of("id", String.valueOf(id), "customer", "Ann", "amount", "1"),
                        Map.of("channel", channel, "priority", "1")));
    }

    private static Applier applier(DataSource source) {
        return new Applier("order-v2", Store.ofNew(source, OrderMapper.TABLE), OrderMapper.TABLE, new Counts());
    }

    private static String widen(Pair pair) {
        return pair == Pair.MARIADB || pair == Pair.POSTGRESQL_TO_MARIADB
                ? "ALTER TABLE orders_v2 MODIFY channel VARCHAR(40) NOT NULL"
                : "ALTER TABLE orders_v2 ALTER COLUMN channel " + (pair == Pair.H2 ? "SET DATA " : "")
                        + "TYPE VARCHAR(40)";
    }
}
