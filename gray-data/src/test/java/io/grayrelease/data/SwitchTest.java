package io.grayrelease.data;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SwitchTest {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchTest.class);
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    static final Duration SHORT = Duration.ofSeconds(4);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void switchesUnderLoad_loseNothing(Pair pair) throws Exception {
        try (TwoStores stores = grayRead(pair);
                Migration<Long, Order> oldVersion =
                        stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> newVersion =
                        stores.service(OrderMapper.NEW).start();
                Load load = new Load(6, oldVersion, newVersion)) {
            for (int i = 0; i < 3; i++) {
                for (DataPhase next : new DataPhase[] {DataPhase.NEW_PRIMARY, DataPhase.GRAY_READ}) {
                    load.awaitMore(150);
                    oldVersion.step(next);
                    LOG.warn("{}: writes waited at most {} ms for the switch to {}", pair, pause(stores), next);
                }
            }
            load.awaitMore(100);
            oldVersion.step(DataPhase.NEW_PRIMARY);
            load.awaitMore(100);
            load.stop();
            newVersion.step(DataPhase.GRAY_READ);
            awaitDrained(oldVersion);

            LOG.warn("{}: {} writes, the longest took {} ms", pair, load.written, load.longestMillis);
            assertThat(load.failed).hasValue(0);
            assertThat(stores.fact().epoch()).isGreaterThanOrEqualTo(9);
            load.assertNothingIsLost(stores, newVersion);
        }
    }

    private static long pause(TwoStores stores) throws SQLException {
        Fact fact = stores.fact();
        Database primary = fact.newIsPrimary() ? stores.ofNew() : stores.old();
        return Sql.own(primary.source(), new StateTable("order-v2")::pause)
                .orElseThrow()
                .toMillis();
    }

    /** A writer has all but committed: the switch waits for it, and brings what it wrote. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void switch_whileAWriteCommits_waitsForIt(Pair pair) throws Exception {
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        AtomicBoolean armed = new AtomicBoolean();
        try (TwoStores stores = grayRead(pair)) {
            DataSource slow = FenceTest.beforeCommit(stores.old().source(), () -> {
                if (armed.get() && Thread.currentThread().getName().equals("writer")) {
                    committing.countDown();
                    commit.await();
                }
            });
            try (Migration<Long, Order> writer = stores.service(
                                    OrderMapper.NEW, slow, stores.ofNew().source())
                            .start();
                    Migration<Long, Order> other =
                            stores.service(OrderMapper.OLD).start()) {
                armed.set(true);
                Future<?> write = threads.submit(() -> {
                    Thread.currentThread().setName("writer");
                    writer.write(tx -> tx.insert(Order.of(5, "late", "5.00")));
                    return true;
                });
                assertThat(committing.await(20, TimeUnit.SECONDS)).isTrue();
                Future<?> switching = threads.submit(() -> {
                    other.step(DataPhase.NEW_PRIMARY);
                    return true;
                });
                assertThatThrownBy(() -> switching.get(200, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                commit.countDown();
                write.get(20, TimeUnit.SECONDS);
                switching.get(20, TimeUnit.SECONDS);

                assertThat(stores.fact().phase()).isEqualTo(DataPhase.NEW_PRIMARY);
                assertThat(stores.inNew()).containsOnlyKeys(5L);
                stores.assertNothingDiffers();
            }
        } finally {
            commit.countDown();
        }
    }

    /** A writer has written its row, and not yet its event, when the old store is left: it must not commit there. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_betweenItsStatementAndItsEvent_goesToTheNewPrimary(Pair pair) throws Exception {
        try (TwoStores stores = grayRead(pair);
                Migration<Long, Order> writer = stores.service(OrderMapper.NEW).start();
                Migration<Long, Order> other = stores.service(OrderMapper.OLD).start()) {
            AtomicInteger runs = new AtomicInteger();
            writer.write(tx -> {
                boolean first = runs.incrementAndGet() == 1;
                String row = first ? "orders VALUES (5, 'old', 5)" : "orders_v2 VALUES (5, 'new', 5, 'app', 1)";
                tx.connection().createStatement().execute("INSERT INTO " + row);
                if (first) {
                    other.step(DataPhase.NEW_PRIMARY);
                }
                tx.changed(5L);
            });
            awaitDrained(writer);

            assertThat(runs).hasValue(2);
            assertThat(stores.inOld().get(5L).customer()).isEqualTo("new");
            stores.assertNothingDiffers();
            assertThat(stores.fact().epoch()).isEqualTo(2);
        }
    }

    /** A process that sleeps through two switches, and a new round, writes where the others do. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_ofAProcessThatLagsBehind_goesToThePrimary(Pair pair) throws Exception {
        try (TwoStores stores = grayRead(pair);
                Migration<Long, Order> lagging = stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> other = stores.service(OrderMapper.NEW).start()) {
            other.step(DataPhase.NEW_PRIMARY);
            other.write(tx -> tx.insert(Order.of(1, "Ann", "1.00").by("app", 7)));
            lagging.write(tx -> tx.update(Order.of(1, "Bob", "2.00")));
            assertThat(stores.inNew())
                    .containsEntry(1L, Order.of(1, "Bob", "2.00").by("app", 7));

            other.step(DataPhase.GRAY_READ);
            other.step(DataPhase.OLD_ONLY);
            lagging.write(tx -> tx.update(Order.of(1, "Cid", "3.00")));
            other.step(DataPhase.CAPTURE);
            CopyTest.awaitDone(other.copy(CopySettings.DEFAULTS));
            lagging.write(tx -> tx.insert(Order.of(2, "Dan", "4.00")));
            awaitDrained(lagging);

            assertThat(stores.inNew())
                    .containsEntry(1L, Order.of(1, "Cid", "3.00").by("app", 7))
                    .containsKey(2L);
            stores.assertNothingDiffers();
        }
    }

    /** An error, which nobody catches, ends the switch as a kill would. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Between which steps of a switch something happens. */
    enum Step {
        CLOSED,
        DRAINED,
        HANDING_OVER,
        HANDED_OVER;

        Switch.Steps then(Runnable happens) {
            return new Switch.Steps() {
                @Override
                public void closed() {
                    at(CLOSED, happens);
                }

                @Override
                public void drained() {
                    at(DRAINED, happens);
                }

                @Override
                public void handingOver() {
                    at(HANDING_OVER, happens);
                }

                @Override
                public void handedOver() {
                    at(HANDED_OVER, happens);
                }
            };
        }

        private void at(Step step, Runnable happens) {
            if (step == this) {
                happens.run();
            }
        }
    }

    static Stream<Arguments> pairsAndSteps() {
        return Pair.installed().flatMap(pair -> Stream.of(Step.values()).map(step -> Arguments.of(pair, step)));
    }

    @ParameterizedTest
    @MethodSource("pairsAndSteps")
    void switch_killed_writesGoOnAndNothingIsLost(Pair pair, Step step) throws Exception {
        try (TwoStores stores = grayRead(pair);
                Migration<Long, Order> killed = stores.service(OrderMapper.OLD)
                        .switchLimit(SHORT)
                        .switchSteps(step.then(() -> {
                            throw new Killed();
                        }))
                        .start();
                Migration<Long, Order> oldVersion =
                        stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> newVersion =
                        stores.service(OrderMapper.NEW).start();
                Load load = new Load(3, oldVersion, newVersion)) {
            load.awaitMore(50);
            assertThatThrownBy(() -> killed.step(DataPhase.NEW_PRIMARY)).isInstanceOf(Killed.class);
            load.awaitMore(50);
            Fact after = stores.fact();
            assertThat(after.newIsPrimary()).isEqualTo(step == Step.HANDED_OVER);

            oldVersion.step(after.newIsPrimary() ? DataPhase.GRAY_READ : DataPhase.NEW_PRIMARY);
            load.awaitMore(50);
            load.stop();
            awaitDrained(oldVersion);

            assertThat(load.failed).hasValue(0);
            load.assertNothingIsLost(stores, newVersion);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void switch_newStoreGoesAway_isGivenUpAndWritesGoOn(Pair pair) throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        try (TwoStores stores = grayRead(pair);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW, mayBeAway(stores.ofNew(), away))
                        .switchSteps(Step.CLOSED.then(() -> away.set(true)))
                        .start()) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));
            assertThatThrownBy(() -> service.step(DataPhase.NEW_PRIMARY)).hasMessageContaining("away");
            assertThat(stores.fact().isOpen()).isTrue();
            service.write(tx -> tx.insert(Order.of(2, "Bob", "2.00")));

            Fact fact = stores.fact();
            assertThat(fact.phase()).isEqualTo(DataPhase.GRAY_READ);
            assertThat(fact.isOpen()).isTrue();
            assertThat(stores.inOld()).containsOnlyKeys(1L, 2L);

            away.set(false);
            awaitDrained(service);
            stores.assertNothingDiffers();
        }
    }

    static DataSource mayBeAway(Database database, AtomicBoolean away) {
        return (DataSource) Proxy.newProxyInstance(
                SwitchTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away.get()) {
                        throw new SQLException("away", "08001");
                    }
                    return method.invoke(database.source(), arguments);
                });
    }

    /** The lesson of others: what differs at the last look is told before the store is left, not after. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void switch_aRowDiffers_isGivenUp(Pair pair) throws Exception {
        try (TwoStores stores = grayRead(pair);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));
            awaitDrained(service);
            stores.ofNew().execute("UPDATE orders_v2 SET amount = 2");
            assertThatThrownBy(() -> service.step(DataPhase.NEW_PRIMARY))
                    .hasMessage("the row of 1 is not the same in both stores");
            stores.ofNew().execute("UPDATE orders_v2 SET amount = 1.0");
            service.step(DataPhase.NEW_PRIMARY);
            assertThat(stores.fact().newIsPrimary()).isTrue();
        }
    }

    /** Such a driver says that a row that was what it is now has not been updated. */
    @Test
    @EnabledIf("io.grayrelease.data.LiveMariaDb#isInstalled")
    void switchesThereAndBack_driversCountOnlyRowsThatChange_comeThrough() throws Exception {
        try (TwoStores stores = grayRead(Pair.MARIADB);
                HikariDataSource old = stores.old().sourceWith("useAffectedRows=true");
                HikariDataSource ofNew = stores.ofNew().sourceWith("useAffectedRows=true");
                Migration<Long, Order> service =
                        stores.service(OrderMapper.NEW, old, ofNew).start()) {
            for (int i = 0; i < 3; i++) {
                service.step(DataPhase.NEW_PRIMARY);
                assertThat(stores.fact().newIsPrimary()).isTrue();
                service.step(DataPhase.GRAY_READ);
                assertThat(stores.fact().newIsPrimary()).isFalse();
            }
        }
    }

    /** Stores in the phase before a switch. */
    static TwoStores grayRead(Pair pair) throws Exception {
        TwoStores stores = pair.stores();
        stores.phase(DataPhase.GRAY_READ);
        return stores;
    }
}
