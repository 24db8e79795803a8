package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

/** Each difference is found, with its columns, and nothing else. */
class CompareTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    static final CompareSettings SETTINGS = CompareSettings.DEFAULTS.chunkRows(700);

    /** Something happens once, between two steps of a comparison. */
    interface Once {
        void happen() throws Exception;
    }

    static CompareSteps afterOtherRead(Once once) {
        AtomicBoolean happened = new AtomicBoolean();
        return new CompareSteps() {
            @Override
            public void otherRead() {
                CompareTest.happen(happened, once);
            }
        };
    }

    static CompareSteps afterSums(Once once) {
        AtomicBoolean happened = new AtomicBoolean();
        return new CompareSteps() {
            @Override
            public void chunkSummed() {
                CompareTest.happen(happened, once);
            }
        };
    }

    private static void happen(AtomicBoolean happened, Once once) {
        if (happened.compareAndSet(false, true)) {
            try {
                once.happen();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_equalStores_findsNothing(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 1500);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Compare compare = service.compare(SETTINGS);
            awaitDone(compare);

            CompareReport report = service.compared();
            assertThat(report.isClean()).as("%s", report).isTrue();
            assertThat(report.run()).isEqualTo(1);
            assertThat(report.rows()).isEqualTo(1500);
            assertThat(report.found()).isZero();
            assertThat(report.began().orElseThrow())
                    .isBeforeOrEqualTo(report.finished().orElseThrow());
            assertThat(compare.progress().rowsPerSecond()).isPositive();
        }
    }

    @Test
    void report_beforeTheComparisonBegan_isNotThatOfTheOneBefore() throws Exception {
        try (TwoStores stores = copied(Pair.H2, 10);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Compare before = service.compare(SETTINGS);
            awaitDone(before);
            assertThat(before.report().isClean()).isTrue();

            Store ofNew = Store.ofNew(stores.ofNew().source(), OrderMapper.TABLE);
            CountDownLatch away = new CountDownLatch(1);
            Compare next = new Compare(
                    "order-v2",
                    new CompareReports("order-v2", ofNew.source()),
                    (settings, pool, stop) -> {
                        away.countDown();
                        throw new SQLException("away");
                    },
                    SETTINGS);
            next.start();
            try {
                assertThat(away.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(next.report().isClean()).isFalse();
            } finally {
                next.stop();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_rowsOfEachKind_areFoundWithTheirColumns(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 4000);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.old().execute("UPDATE orders SET customer = NULL WHERE id IN (25, 26)");
            stores.ofNew()
                    .execute(
                            "DELETE FROM orders_v2 WHERE id IN (1, 1999, 4000)",
                            "INSERT INTO orders_v2 VALUES (-7, 'x', 1, 'web', NULL), (5000, 'x', 1, 'web', NULL)",
                            "UPDATE orders_v2 SET customer = 'y' WHERE id = 17",
                            "UPDATE orders_v2 SET amount = amount + 0.01 WHERE id = 18",
                            "UPDATE orders_v2 SET customer = 'y', amount = 0 WHERE id = 19",
                            "UPDATE orders_v2 SET customer = '' WHERE id = 25",
                            "UPDATE orders_v2 SET customer = NULL WHERE id = 26",
                            "UPDATE orders_v2 SET customer = 'C2500' WHERE id = 2500",
                            "UPDATE orders_v2 SET customer = 'c2501 ' WHERE id = 2501");
            // The first chunk differs, and so the others are taken in parts.
            awaitDone(service.compare(CompareSettings.DEFAULTS.chunkRows(1500)));

            assertThat(found(service))
                    .containsOnly(
                            entry("1", "MISSING []"),
                            entry("1999", "MISSING []"),
                            entry("4000", "MISSING []"),
                            entry("-7", "EXTRA []"),
                            entry("5000", "EXTRA []"),
                            entry("17", "DIFF [customer]"),
                            entry("18", "DIFF [amount]"),
                            entry("19", "DIFF [customer, amount]"),
                            entry("25", "DIFF [customer]"),
                            entry("2500", "DIFF [customer]"),
                            entry("2501", "DIFF [customer]"));
            assertThat(service.compared().isClean()).isFalse();
        }
    }

    /** What two rows have changed places with does not cancel in a sum. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_equalFlipsInTwoRows_areFound(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 300);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.ofNew()
                    .execute(
                            "UPDATE orders_v2 SET customer = 'c31' WHERE id = 30",
                            "UPDATE orders_v2 SET customer = 'c30' WHERE id = 31");
            awaitDone(service.compare(SETTINGS));

            assertThat(found(service)).containsOnly(entry("30", "DIFF [customer]"), entry("31", "DIFF [customer]"));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_oneEmptyStore_findsAllOfTheOther(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            awaitDone(service.compare(SETTINGS));
            assertThat(service.compared().isClean()).isTrue();

            stores.ofNew().execute("INSERT INTO orders_v2 VALUES (1, 'x', 1, 'web', NULL), (2, 'x', 1, 'web', NULL)");
            awaitDone(service.compare(SETTINGS));
            assertThat(found(service)).containsOnly(entry("1", "EXTRA []"), entry("2", "EXTRA []"));

            stores.ofNew().execute("DELETE FROM orders_v2");
            stores.old().execute("INSERT INTO orders VALUES (3, 'x', 1)");
            awaitDone(service.compare(SETTINGS));
            assertThat(found(service)).containsOnly(entry("3", "MISSING []"));
            assertThat(service.compared().run()).isEqualTo(3);
        }
    }

    /** Far more rows than the chunk has on the side that it was cut on. */
    @Test
    void compare_manyRowsThatOnlyTheNewStoreHas_endsAtTheLimit() throws Exception {
        try (TwoStores stores = copied(Pair.H2, 100);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.ofNew()
                    .execute("INSERT INTO orders_v2 SELECT x, 'x', 1, 'web', NULL FROM SYSTEM_RANGE(1000, 26000)");
            Compare compare = service.compare(SETTINGS.mostDifferences(500));
            awaitEnd(compare);

            assertThat(service.compared().left()).isGreaterThanOrEqualTo(500);
            assertThat(service.compared().isClean()).isFalse();
        }
    }

    /** An event comes to the other store after it was read there, and before the primary is read. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_rowWrittenBetweenTheReads_isNoDifference(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 300);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.ofNew().execute("UPDATE orders_v2 SET customer = 'wrong' WHERE id IN (5, 6)");
            AtomicInteger amount = new AtomicInteger();
            CompareSteps always = new CompareSteps() {
                @Override
                public void otherRead() {
                    happen(new AtomicBoolean(), () -> {
                        service.write(tx -> tx.update(Order.of(5, "w", amount.incrementAndGet() + "")));
                        awaitDrained(service);
                    });
                }
            };
            awaitDone(service.compare(SETTINGS.settleLimit(Duration.ofMillis(300)), always));

            assertThat(found(service).get("6")).isEqualTo("DIFF [customer]");
            assertThat(found(service).get("5")).isIn(null, "UNSURE []");
        }
    }

    /** The event that explains the difference waits in the outbox. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_rowWhoseEventWaits_isNoDifference(Pair pair) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Carrier.Factory late = (migration, inbox) -> events -> {
            go.await();
            inbox.accept(events);
        };
        try (TwoStores stores = copied(pair, 300);
                Migration<Long, Order> service =
                        stores.service(OrderMapper.OLD).carrier(late).start()) {
            service.write(tx -> {
                tx.update(Order.of(5, "late", "5"));
                tx.delete(6L);
                tx.insert(Order.of(900, "late", "5"));
            });
            AtomicInteger looks = new AtomicInteger();
            CompareSteps steps = new CompareSteps() {
                @Override
                public void otherRead() {
                    if (looks.incrementAndGet() == 6) {
                        go.countDown();
                    }
                }
            };
            awaitDone(service.compare(SETTINGS, steps));

            assertThat(found(service)).isEmpty();
            assertThat(service.compared().found()).isZero();
            assertThat(looks.get()).isGreaterThan(6);
        } finally {
            go.countDown();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_differenceThatHeals_isNotReported(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 300);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.ofNew().execute("UPDATE orders_v2 SET customer = 'wrong' WHERE id = 5");
            AtomicInteger looks = new AtomicInteger();
            CompareSteps steps = new CompareSteps() {
                @Override
                public void otherRead() {
                    if (looks.incrementAndGet() == 2) {
                        happen(new AtomicBoolean(), () -> stores.ofNew()
                                .execute("UPDATE orders_v2 SET customer = 'c5' WHERE id = 5"));
                    }
                }
            };
            awaitDone(service.compare(SETTINGS, steps));

            assertThat(service.compared().isClean()).isTrue();
            assertThat(service.compared().found()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_rowsThatTheServiceRefuses_areDifferences(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 20);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            stores.ofNew().execute("UPDATE orders_v2 SET priority = 99 WHERE id = 7");
            awaitDone(service.compare(SETTINGS.extras(row -> row.isNull("priority") || row.number("priority") < 10)));

            assertThat(found(service)).containsOnly(entry("7", "EXTRAS [channel, priority]"));
        }
    }

    @Test
    void compare_beforeTheCapture_isRefused() throws Exception {
        try (TwoStores stores = copied(Pair.H2, 1);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.phase(DataPhase.OLD_ONLY);

            assertThatThrownBy(() -> service.compare(SETTINGS)).hasMessageContaining("expected CAPTURE, GRAY_READ");
        }
    }

    static Map<String, String> found(Migration<?, ?> service) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        for (Difference difference : service.compared().differences()) {
            found.put(difference.key(), difference.kind() + " " + difference.columns());
        }
        return found;
    }

    static void awaitDone(Compare compare) throws Exception {
        awaitEnd(compare);
        assertThat(compare.progress().isDone()).as("%s", compare.progress()).isTrue();
    }

    static void awaitEnd(Compare compare) throws Exception {
        assertThat(compare.await(60, TimeUnit.SECONDS))
                .as("%s", compare.progress())
                .isTrue();
    }

    /** Stores with the same orders, as after a copy. */
    static TwoStores copied(Pair pair, int orders) throws Exception {
        TwoStores stores = pair.stores();
        insert(stores.old(), "orders", "", orders);
        insert(stores.ofNew(), "orders_v2", ", 'web', NULL", orders);
        return stores;
    }

    private static void insert(Database database, String table, String more, int orders) throws SQLException {
        StringBuilder rows = new StringBuilder();
        for (int id = 1; id <= orders; id++) {
            rows.append(id == 1 ? "" : ", ").append("(" + id + ", 'c" + id + "', " + id + more + ")");
        }
        database.execute("INSERT INTO " + table + " VALUES " + rows);
    }
}
