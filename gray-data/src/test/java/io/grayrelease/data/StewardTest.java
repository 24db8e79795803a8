package io.grayrelease.data;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class StewardTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";

    @ParameterizedTest
    @CsvSource({
        "OLD_ONLY, NEW_PRIMARY, CAPTURE",
        "CAPTURE, NEW_PRIMARY, GRAY_READ",
        "GRAY_READ, NEW_ONLY, NEW_PRIMARY",
        "NEW_PRIMARY, OLD_ONLY, GRAY_READ",
        "GRAY_READ, OLD_ONLY, OLD_ONLY",
        "GRAY_READ, CAPTURE, CAPTURE"
    })
    void next_isOneStepTowardsTheWish(DataPhase from, DataPhase wish, DataPhase next) {
        assertThat(Steward.next(from, wish)).isEqualTo(next);
    }

    @Test
    void next_whereThereIsNone_isNone() {
        assertThat(Steward.next(DataPhase.CAPTURE, DataPhase.CAPTURE)).isNull();
        assertThat(Steward.next(DataPhase.NEW_ONLY, DataPhase.OLD_ONLY)).isNull();
        assertThat(Steward.next(DataPhase.CAPTURE, null)).isNull();
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void fact_followsTheWish_whereItsGateIsOpen(Pair pair) throws Exception {
        DataPhase[] wish = {DataPhase.OLD_ONLY};
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            try (Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                    .phase(() -> wish[0])
                    .withSteward()
                    .start()) {
                service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
                wish[0] = DataPhase.GRAY_READ;
                awaitFact(stores, DataPhase.CAPTURE);
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                awaitFact(stores, DataPhase.GRAY_READ);
                stores.assertNothingDiffers();

                wish[0] = DataPhase.OLD_ONLY;
                awaitFact(stores, DataPhase.OLD_ONLY);
            }
        }
    }

    /** The new store has no tables of ours, and no row of the migration, when the only process starts. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void capture_theNewStoreIsMadeReadyAfterTheStart_isBegun(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            stores.ofNew().execute("DROP TABLE gray_state");
            try (Said said = new Said(Steward.class);
                    Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                            .phase(() -> DataPhase.CAPTURE)
                            .withSteward()
                            .start()) {
                await().until(() -> !said.containing("waits before CAPTURE").isEmpty());
                GrayTables.create(stores.ofNew().source());

                awaitFact(stores, DataPhase.CAPTURE);
                assertThat(service.phase()).isEqualTo(DataPhase.CAPTURE);
            }
        }
    }

    /** One of two processes has not heard of the new wish: nobody goes on without it. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void step_whileAProcessHasAnotherWish_isNotTaken(Pair pair) throws Exception {
        DataPhase[] wish = {DataPhase.CAPTURE, DataPhase.CAPTURE};
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> one = stores.service(OrderMapper.OLD)
                        .phase(() -> wish[0])
                        .withSteward()
                        .start();
                Migration<Long, Order> two = stores.service(OrderMapper.NEW)
                        .phase(() -> wish[1])
                        .withSteward()
                        .start()) {
            MigrationTool tool = stores.tool();
            await().until(() -> tool.status().processes().size() == 2);
            CopyTest.awaitDone(one.copy(CopySettings.DEFAULTS));
            wish[0] = DataPhase.GRAY_READ;
            await().until(() -> tool.status().shut().toString().contains("same wish"));
            two.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
            assertThat(stores.fact().phase()).isEqualTo(DataPhase.CAPTURE);

            wish[1] = DataPhase.GRAY_READ;
            awaitFact(stores, DataPhase.GRAY_READ);
        }
    }

    /** What is not copied and not compared would be lost without a word. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void capture_aColumnIsNotDeclared_isNotBegunUnlessItIsLeft(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            stores.old().execute("ALTER TABLE orders ADD COLUMN Note VARCHAR(40)");
            assertThat(gates(stores, OrderMapper.TABLE))
                    .containsExactly(
                            "orders has columns that the migration does not declare, and that would be lost:"
                                    + " note; declare them with shared(\"note\"), or with leaves(\"note\") if they are to stay behind");
            Table left = TableText.read(TableText.write(Table.named("orders")
                    .namedInNew("orders_v2")
                    .key("id")
                    .shared("customer", "amount")
                    .leaves("note")
                    .build()));
            assertThat(gates(stores, left)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void capture_theNewTableHasRowsOfOthers_isNotBegun(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            stores.service(OrderMapper.OLD).start().close();
            stores.ofNew().execute("INSERT INTO orders_v2 VALUES (1, 'Ann', 1, 'web', NULL)");
            assertThat(gates(stores, OrderMapper.TABLE))
                    .containsExactly("orders_v2 of the new store: found rows before the first round, expected none;"
                            + " if nobody needs them, delete them");
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void capture_theNewTableLacksAColumn_isToldOnceAsAnError(Pair pair) throws Exception {
        assertShut(
                pair,
                "ALTER TABLE orders_v2 DROP COLUMN channel",
                "not known: the new store answers with an error: ",
                "channel");
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void capture_theNewStoreLacksOurTables_saysWhatMakesThem(Pair pair) throws Exception {
        assertShut(
                pair,
                "DROP TABLE gray_state",
                "not known: tables of gray-data are missing in the new store; GrayTables.create makes them",
                "gray_state");
    }

    /** By one gate alone, once something was done to the new store. */
    private static void assertShut(Pair pair, String inNew, String start, String part) throws Exception {
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            stores.ofNew().execute(inNew);

            assertThat(gates(stores, OrderMapper.TABLE))
                    .singleElement()
                    .asString()
                    .startsWith(start)
                    .containsIgnoringCase(part);
        }
    }

    private static List<String> gates(TwoStores stores, Table table) throws Exception {
        Store old = Store.old(stores.old().source(), table);
        Store ofNew = Store.ofNew(stores.ofNew().source(), table);
        return new Gates("order-v2", old, ofNew, table).shut(stores.fact(), DataPhase.CAPTURE);
    }

    /** The operator's whole way, and back. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void fact_followsTheWishOverASwitchAndBack(Pair pair) throws Exception {
        DataPhase[] wish = {DataPhase.NEW_PRIMARY};
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            stores.old().execute("INSERT INTO orders VALUES (7, 'before', 7)");
            try (Migration<Long, Order> one = stores.service(OrderMapper.OLD)
                            .phase(() -> wish[0])
                            .withSteward()
                            .start();
                    Migration<Long, Order> two = stores.service(OrderMapper.NEW)
                            .phase(() -> wish[0])
                            .withSteward()
                            .start()) {
                awaitFact(stores, DataPhase.CAPTURE);
                CopyTest.awaitDone(one.copy(CopySettings.DEFAULTS));
                awaitFact(stores, DataPhase.GRAY_READ);
                MigrationTool tool = stores.tool();
                assertThat(tool.status().shut()).contains("no comparison has begun since the copy ended");
                Compare compare = two.compare(CompareSettings.DEFAULTS);
                assertThat(compare.await(20, TimeUnit.SECONDS)).isTrue();
                awaitFact(stores, DataPhase.NEW_PRIMARY);
                two.write(tx -> tx.insert(Order.of(1, "Ann", "1").by("app", 7)));
                one.write(tx -> tx.update(Order.of(1, "Bob", "2")));
                assertThat(stores.inNew()).containsOnlyKeys(1L, 7L);

                wish[0] = DataPhase.OLD_ONLY;
                awaitFact(stores, DataPhase.OLD_ONLY);
                assertThat(stores.inOld()).containsOnlyKeys(1L, 7L);
                assertThat(two.read(1L)).contains(Order.of(1, "Bob", "2.00").by("app", 7));
            }
        }
    }

    /** Who is on call sees in the status why a step whose gates are open is not taken. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void switch_givenUp_saysWhyInTheStatus_untilItComesThrough(Pair pair) throws Exception {
        DataPhase[] wish = {DataPhase.GRAY_READ};
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            try (Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                    .phase(() -> wish[0])
                    .withSteward()
                    .start()) {
                awaitFact(stores, DataPhase.CAPTURE);
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                awaitFact(stores, DataPhase.GRAY_READ);
                service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
                TwoStores.awaitDrained(service);
                CompareTest.awaitDone(service.compare(CompareSettings.DEFAULTS));
                MigrationTool tool = stores.tool();
                assertThat(troubles(tool)).isEmpty();
                stores.ofNew().execute("UPDATE orders_v2 SET amount = 2");

                wish[0] = DataPhase.NEW_PRIMARY;
                await().until(() -> troubles(tool).contains("the row of 1 is not the same in both stores"));
                assertThat(tool.status().shut()).isEmpty();

                stores.ofNew().execute("UPDATE orders_v2 SET amount = 1");
                awaitFact(stores, DataPhase.NEW_PRIMARY);
                await().until(() -> troubles(tool).isEmpty());
            }
        }
    }

    /** Its pool may wait longer for a store than a process is taken for alive. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void process_whoseNewStoreDoesNotAnswer_isThereAndNotReady(Pair pair) throws Exception {
        DataPhase[] wish = {DataPhase.OLD_ONLY};
        AtomicBoolean silent = new AtomicBoolean();
        CountDownLatch end = new CountDownLatch(1);
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            DataSource silentOne = stores.ofNew().sourceAfter(() -> {
                if (silent.get()) {
                    end.await();
                }
            });
            try (Migration<Long, Order> one = stores.service(OrderMapper.OLD)
                            .phase(() -> wish[0])
                            .withSteward()
                            .start();
                    Migration<Long, Order> two = stores.service(OrderMapper.NEW, silentOne)
                            .phase(() -> wish[0])
                            .withSteward()
                            .start()) {
                MigrationTool tool = stores.tool();
                await().until(() -> tool.status().processes().size() == 2);
                silent.set(true);
                wish[0] = DataPhase.CAPTURE;
                await().atMost(Duration.ofSeconds(12))
                        .until(() -> troubles(tool).toString().contains("a store has not answered"));
                assertThat(tool.status().shut().toString()).contains("a process lacks what the step needs");
                assertThat(two.phase()).isEqualTo(one.phase()).isEqualTo(DataPhase.OLD_ONLY);
                end.countDown();
                awaitFact(stores, DataPhase.CAPTURE);
            } finally {
                end.countDown();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void capture_aKeyThatIsNotUnique_isNotBegun(Pair pair) throws Exception {
        Table table = Table.named("parts").key("id").leaves("part").build();
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            stores.ofNew().execute("CREATE TABLE parts (id BIGINT NOT NULL, PRIMARY KEY (id))");
            for (String key : new String[] {
                "PRIMARY KEY (id, part)", "UNIQUE (id)", "UNIQUE (id, part)", "UNIQUE (part)", "CHECK (id > 0)"
            }) {
                stores.old().execute("CREATE TABLE parts (id BIGINT, part INT NOT NULL, " + key + ")");
                assertThat(gates(stores, table))
                        .singleElement()
                        .asString()
                        .startsWith("parts of the old store: found no primary key or unique index, NOT NULL, of [id]");
                stores.old().execute("DROP TABLE parts");
            }
            for (String key : new String[] {"PRIMARY KEY (id)", "UNIQUE (id)"}) {
                stores.old().execute("CREATE TABLE parts (id BIGINT NOT NULL, part INT NOT NULL, " + key + ")");
                assertThat(gates(stores, table)).isEmpty();
                assertThat(gates(stores, Table.named("parts").key("id", "part").build()))
                        .noneMatch(reason -> reason.contains("of the old store"));
                stores.old().execute("DROP TABLE parts");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void start_ofAnotherTableUnderTheSameName_isRefused(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> orders = stores.service(OrderMapper.OLD).start()) {
            for (Database database : new Database[] {stores.old(), stores.ofNew()}) {
                database.execute("CREATE TABLE parts (id BIGINT PRIMARY KEY)");
            }
            RowsAsTheyAre parts =
                    new RowsAsTheyAre(Table.named("parts").key("id").build());
            assertThatThrownBy(() -> Migration.of(
                                    "order-v2",
                                    stores.old().source(),
                                    stores.ofNew().source(),
                                    parts)
                            .withoutSteward()
                            .start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("migration order-v2: found the table parts (in the new store parts), expected"
                            + " orders (in the new store orders_v2)");
            orders.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
        }
    }

    private static List<String> troubles(MigrationTool tool) throws Exception {
        return tool.status().processes().stream()
                .map(ProcessStatus::trouble)
                .filter(Objects::nonNull)
                .toList();
    }

    static void awaitFact(TwoStores stores, DataPhase phase) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> stores.fact().phase() == phase);
    }
}
