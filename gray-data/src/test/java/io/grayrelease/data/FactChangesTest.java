package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Who changes the fact waits in vain, is not answered, or hangs: writers of other processes go on, and nothing is half done. */
class FactChangesTest {
    private static final Duration SWITCH = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch changed = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void end() {
        goOn.countDown();
        threads.shutdownNow();
    }

    /** With H2, writes wait for one another, and waiting is not ended by a statement's limit. */
    static Stream<Pair> pairsThatShareLocks() {
        return Pair.installed().filter(pair -> pair != Pair.H2);
    }

    /** A writer does not come to its commit. Others wait as long as the switch waits for it, and not longer. */
    @ParameterizedTest
    @MethodSource("pairsThatShareLocks")
    void switch_thatWaitsForAWriterInVain_isGivenUpAndWritesGoOn(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> hanging = stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> other =
                        stores.service(OrderMapper.OLD).switchLimit(SWITCH).start()) {
            hanging.write(tx -> {
                tx.insert(Order.of(1, "Ann", "1.00"));
                Future<Throwable> switching = step(other, DataPhase.NEW_PRIMARY);
                assertTimeoutPreemptively(SOON, () -> {
                    for (long id = 2; !switching.isDone(); id++) {
                        write(other, id);
                    }
                });
                assertThat(switching).succeedsWithin(Duration.ZERO).isInstanceOf(SQLException.class);
            });

            assertThat(stores.fact()).hasToString("GRAY_READ, epoch 1, OPEN");
            assertThat(stores.inOld()).containsKeys(1L, 2L);
            other.step(DataPhase.NEW_PRIMARY);
            stores.assertNothingDiffers();
        }
    }

    /** An applier stops after its first statement, with nothing left to apply: what would open could not, so nothing is left. */
    @ParameterizedTest
    @MethodSource("pairsThatShareLocks")
    void switch_toAStoreThatAnApplierHolds_isGivenUpAndWritesGoOn(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> switching =
                        stores.service(OrderMapper.OLD).switchLimit(SWITCH).start();
                Migration<Long, Order> other = stores.service(OrderMapper.OLD).start()) {
            write(other, 1);
            TwoStores.awaitDrained(other);
            Sql.own(stores.ofNew().source(), stopped -> {
                new StateTable("order-v2").minVersion(stopped, Dialect.of(stopped));
                Future<Throwable> step = step(switching, DataPhase.NEW_PRIMARY);
                assertThat(step).succeedsWithin(SOON).isInstanceOf(SQLException.class);
                assertTimeoutPreemptively(SOON, () -> write(other, 2));
                return true;
            });

            assertThat(stores.fact()).hasToString("GRAY_READ, epoch 1, OPEN");
            switching.step(DataPhase.NEW_PRIMARY);
            assertThat(stores.inNew()).containsOnlyKeys(1L, 2L);
            stores.assertNothingDiffers();
        }
    }

    private Future<Throwable> step(Migration<Long, Order> process, DataPhase next) {
        return threads.submit(() -> catchThrowable(() -> process.step(next)));
    }

    private static void write(Migration<Long, Order> process, long id) throws SQLException {
        process.write(tx -> tx.insert(Order.of(id, "Bob", "2.00")));
    }

    /** Nobody knows whether it has closed the store: this opens again after its time, in the phase of before. */
    @ParameterizedTest
    @MethodSource("io.grayrelease.data.Pair#installed")
    void switch_whoseFirstStepIsNotAnswered_isGivenUpAndWritesGoOn(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> unanswered = process(stores, stores.old().source(), () -> {
                    throw new SQLException("the connection is broken", "08006");
                });
                Migration<Long, Order> other = stores.service(OrderMapper.OLD).start()) {
            assertThatThrownBy(() -> unanswered.step(DataPhase.NEW_PRIMARY)).hasMessage("the connection is broken");
            assertTimeoutPreemptively(SOON, () -> write(other, 1));

            assertThat(stores.fact()).hasToString("GRAY_READ, epoch 1, OPEN");
            assertThat(stores.inOld()).containsOnlyKeys(1L);
        }
    }

    private static Migration<Long, Order> process(TwoStores stores, DataSource old, FactChanges.After after)
            throws SQLException {
        return stores.service(
                        OrderMapper.OLD,
                        FactChanges.after(old, after),
                        stores.ofNew().source())
                .switchLimit(SWITCH)
                .start();
    }

    static Stream<Arguments> pairsAndSteps() {
        return Pair.installed().flatMap(pair -> Stream.of(DataPhase.OLD_ONLY, DataPhase.CAPTURE, DataPhase.GRAY_READ)
                .map(from -> Arguments.of(pair, from)));
    }

    /** It has changed the fact and does nothing more, for as long as the test likes: it must not hold the lock of the fact. */
    @ParameterizedTest
    @MethodSource("pairsAndSteps")
    void process_thatHangsInAChangeOfTheFact_doesNotHoldUpWriters(Pair pair, DataPhase from) throws Exception {
        try (TwoStores stores = pair.stores()) {
            stores.phase(from);
            writesWhileAnotherHangs(stores, stores.old().source(), from);
        }
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.data.Pair#installed")
    void process_thatHangsAndWhosePoolDoesNotCommit_doesNotHoldUpWriters(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                HikariDataSource pool = stores.old().sourceWithoutAutoCommit()) {
            writesWhileAnotherHangs(stores, pool, DataPhase.CAPTURE);
        }
    }

    private void writesWhileAnotherHangs(TwoStores stores, DataSource old, DataPhase from) throws Exception {
        try (Migration<Long, Order> hanging = process(stores, old, () -> {
                    changed.countDown();
                    goOn.await();
                });
                Migration<Long, Order> other = stores.service(OrderMapper.OLD).start()) {
            Future<Throwable> step = step(hanging, from.towards(DataPhase.NEW_PRIMARY));
            assertThat(changed.await(20, TimeUnit.SECONDS)).isTrue();
            assertTimeoutPreemptively(SOON, () -> write(other, 1));
            goOn.countDown();
            step.get(20, TimeUnit.SECONDS);

            assertThat(stores.fact().isOpen()).isTrue();
            assertThat(stores.inOld()).containsOnlyKeys(1L);
        }
    }
}
