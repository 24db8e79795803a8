package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The step that cannot be taken back. */
class NewOnlyTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void step_underLoad_losesNothingAndLeavesTheOldStore(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> oldVersion =
                        stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> newVersion =
                        stores.service(OrderMapper.NEW).start();
                Load load = new Load(4, oldVersion, newVersion)) {
            load.awaitMore(50);
            oldVersion.step(DataPhase.NEW_PRIMARY);
            load.awaitMore(100);
            newVersion.step(DataPhase.NEW_ONLY);
            long drawn = draw(stores.ofNew());
            awaitDrained(newVersion);
            Map<Long, Order> left = stores.inOld();
            load.awaitMore(150);
            load.stop();

            assertThat(load.failed).hasValue(0);
            load.assertAllIsInNew(stores);
            assertThat(draw(stores.ofNew())).as("events since").isEqualTo(drawn + 1);
            assertThat(newVersion.backlog().events()).isZero();
            assertThat(stores.inOld()).isEqualTo(left);
            assertThat(TwoStores.shared(stores.inNew())).isNotEqualTo(TwoStores.shared(left));
        }
    }

    private static long draw(Database database) throws SQLException {
        return Sql.own(database.source(), connection -> OutboxSequence.draw(connection, "order-v2"));
    }

    /** The last write that the old store is told of: it has its event, and is not yet committed. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void step_whileAWriteCommits_waitsForItAndBringsItOver(Pair pair) throws Exception {
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        try (TwoStores stores = newPrimary(pair)) {
            DataSource slow = FenceTest.beforeCommit(stores.ofNew().source(), () -> {
                if (Thread.currentThread().getName().equals("writer")) {
                    committing.countDown();
                    commit.await();
                }
            });
            try (Migration<Long, Order> writer =
                            stores.service(OrderMapper.NEW, slow).start();
                    Migration<Long, Order> other =
                            stores.service(OrderMapper.OLD).start()) {
                Future<?> write = threads.submit(() -> {
                    Thread.currentThread().setName("writer");
                    writer.write(tx -> tx.insert(Order.of(5, "late", "5.00")));
                    return true;
                });
                assertThat(committing.await(20, TimeUnit.SECONDS)).isTrue();
                Future<?> step = threads.submit(() -> {
                    other.step(DataPhase.NEW_ONLY);
                    return true;
                });
                assertThatThrownBy(() -> step.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                commit.countDown();
                write.get(20, TimeUnit.SECONDS);
                step.get(20, TimeUnit.SECONDS);
                awaitDrained(other);
                assertThat(stores.inOld()).containsOnlyKeys(5L);
            }
        } finally {
            commit.countDown();
        }
    }

    /** It has written its row, and not yet its event: it runs again, and the old store is not told. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_betweenItsStatementAndItsEvent_leavesNoEvent(Pair pair) throws Exception {
        try (TwoStores stores = newPrimary(pair);
                Migration<Long, Order> writer = stores.service(OrderMapper.NEW).start();
                Migration<Long, Order> other = stores.service(OrderMapper.OLD).start()) {
            AtomicInteger runs = new AtomicInteger();
            writer.write(tx -> {
                tx.connection().createStatement().execute("INSERT INTO orders_v2 VALUES (5, 'Ann', 5, 'app', 1)");
                if (runs.incrementAndGet() == 1) {
                    other.step(DataPhase.NEW_ONLY);
                }
                tx.changed(5L);
            });
            awaitDrained(writer);

            assertThat(runs).hasValue(2);
            assertThat(writer.counts().captured()).isZero();
            assertThat(stores.inNew()).containsOnlyKeys(5L);
            assertThat(stores.inOld()).isEmpty();
        }
    }

    /** A process that has slept since before the switch, and one that has since after it. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_ofProcessesThatLagBehind_goesToTheNewStoreAlone(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> sinceGrayRead =
                        stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> other = stores.service(OrderMapper.NEW).start()) {
            other.step(DataPhase.NEW_PRIMARY);
            try (Migration<Long, Order> sinceNewPrimary =
                    stores.service(OrderMapper.OLD).start()) {
                other.step(DataPhase.NEW_ONLY);
                sinceGrayRead.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));
                sinceNewPrimary.write(tx -> tx.insert(Order.of(2, "Bob", "2.00")));
                awaitDrained(other);

                assertThat(stores.inNew()).containsOnlyKeys(1L, 2L);
                assertThat(stores.inOld()).isEmpty();
                assertThat(sinceGrayRead.read(2L)).isPresent();
                assertThat(sinceNewPrimary.read(1L)).isPresent();
            }
        }
    }

    /** A policy of before, published again or never replaced. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void wishBack_isRefusedAndSaidSo(Pair pair) throws Exception {
        DataPhase[] wish = {DataPhase.NEW_ONLY};
        try (TwoStores stores = newOnly(pair);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                        .phase(() -> wish[0])
                        .grayReader(() -> false)
                        .withSteward()
                        .start()) {
            MigrationTool tool = stores.tool();
            await().until(() -> tool.status().processes().size() == 1);
            assertThat(tool.status().next()).isEmpty();
            assertThat(tool.status().shut()).isEmpty();
            for (DataPhase back :
                    new DataPhase[] {DataPhase.NEW_PRIMARY, DataPhase.GRAY_READ, DataPhase.CAPTURE, DataPhase.OLD_ONLY
                    }) {
                wish[0] = back;
                service.write(tx -> tx.insert(Order.of(back.name().length(), back.name(), "1.00")));
                assertThat(service.read((long) back.name().length())).isPresent();
                await().untilAsserted(() -> assertThat(tool.status().shut())
                        .singleElement()
                        .asString()
                        .startsWith("there is no way back from NEW_ONLY: ")
                        .contains("wish " + back));
                assertThat(tool.status().phase()).isEqualTo(DataPhase.NEW_ONLY);
                assertThat(tool.status().epoch()).isEqualTo(2);
            }
            assertThat(stores.inNew()).hasSize(4);
            assertThat(stores.inOld()).isEmpty();
            assertThatThrownBy(() -> service.copy(CopySettings.DEFAULTS)).hasMessageContaining("found NEW_ONLY");
            assertThatThrownBy(() -> service.compare(CompareSettings.DEFAULTS)).hasMessageContaining("found NEW_ONLY");
        }
    }

    /** Its policy may still say what was so when it was written. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void process_thatStartsLater_writesAndReadsTheNewStore(Pair pair) throws Exception {
        try (TwoStores stores = newOnly(pair)) {
            stores.old().execute("INSERT INTO orders VALUES (1, 'left behind', 1)");
            for (DataPhase wish : DataPhase.values()) {
                try (Migration<Long, Order> service = stores.service(OrderMapper.OLD)
                        .phase(() -> wish)
                        .withSteward()
                        .start()) {
                    assertThat(service.read(1L)).as(wish.name()).isEmpty();
                    service.write(tx -> tx.insert(Order.of(1, wish.name(), "1.00")));
                    assertThat(service.read(1L)).contains(Order.of(1, wish.name(), "1.00"));
                    service.write(tx -> tx.delete(1L));
                    assertThat(service.counts().captured()).isZero();
                }
            }
            assertThat(stores.inOld().get(1L).customer()).isEqualTo("left behind");
            assertThat(stores.fact().phase()).isEqualTo(DataPhase.NEW_ONLY);
        }
    }

    /** The old store is not needed any more. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void process_whoseOldStoreIsGone_goesOnAndStarts(Pair pair) throws Exception {
        AtomicBoolean gone = new AtomicBoolean();
        try (TwoStores stores = newOnly(pair)) {
            DataSource old = SwitchTest.mayBeAway(stores.old(), gone);
            try (Migration<Long, Order> running = service(stores, old).start()) {
                running.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));
                gone.set(true);
                running.write(tx -> tx.insert(Order.of(2, "Bob", "2.00")));
                assertThat(running.read(1L)).isPresent();
                try (Migration<Long, Order> later = service(stores, old).start()) {
                    later.write(tx -> tx.update(Order.of(2, "Cid", "3.00")));
                    assertThat(later.read(2L)).contains(Order.of(2, "Cid", "3.00"));
                    assertThat(later.backlog().events()).isZero();
                    assertThat(later.counts().relayFailed())
                            .as("nothing is asked of the old store")
                            .isZero();
                }
            }
            assertThat(stores.inNew()).containsOnlyKeys(1L, 2L);
        }
    }

    private static MigrationBuilder<Long, Order> service(TwoStores stores, DataSource old) {
        return stores.service(OrderMapper.NEW, old, stores.ofNew().source())
                .phase(() -> DataPhase.NEW_ONLY)
                .withSteward();
    }

    /** What is compared before the switch says nothing of the way that the writes take since. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void steward_takesTheStep_onceAComparisonSinceTheSwitchIsClean(Pair pair) throws Exception {
        try (TwoStores stores = newPrimary(pair);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                        .phase(() -> DataPhase.NEW_ONLY)
                        .withSteward()
                        .start()) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));
            MigrationTool tool = stores.tool();
            await().until(() -> tool.status().shut().contains("no comparison has begun since the switch"));
            awaitDrained(service);
            stores.old().execute("UPDATE orders SET customer = 'Eve'");
            Compare compare = service.compare(CompareSettings.DEFAULTS);
            assertThat(compare.await(20, TimeUnit.SECONDS)).isTrue();
            await().until(() -> tool.status().shut().toString().contains("not clean"));
            assertThat(stores.fact().phase()).isEqualTo(DataPhase.NEW_PRIMARY);

            stores.old().execute("UPDATE orders SET customer = 'Ann'");
            assertThat(service.compare(CompareSettings.DEFAULTS).await(20, TimeUnit.SECONDS))
                    .isTrue();
            StewardTest.awaitFact(stores, DataPhase.NEW_ONLY);
            stores.assertNothingDiffers();
        }
    }

    private static TwoStores newPrimary(Pair pair) throws Exception {
        TwoStores stores = SwitchTest.grayRead(pair);
        try (Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                .switchLimit(Duration.ofSeconds(10))
                .start()) {
            service.step(DataPhase.NEW_PRIMARY);
        }
        return stores;
    }

    private static TwoStores newOnly(Pair pair) throws Exception {
        TwoStores stores = newPrimary(pair);
        try (Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            service.step(DataPhase.NEW_ONLY);
        }
        return stores;
    }
}
