package io.grayrelease.data;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.data.SwitchTest.Step;
import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** One process is slow in its switch, and a second gives that up and switches itself: the first must notice. */
class RivalSwitchesTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void end() {
        goOn.countDown();
        threads.shutdownNow();
    }

    static Stream<Arguments> pairsAndLastSteps() {
        return Pair.installed()
                .flatMap(pair -> Stream.of(Step.DRAINED, Step.HANDING_OVER).map(step -> Arguments.of(pair, step)));
    }

    @ParameterizedTest
    @MethodSource("pairsAndLastSteps")
    void switch_takenOverByAnother_isNotTakenTwice(Pair pair, Step step) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> slow = thatWaitsAt(step, stores);
                Migration<Long, Order> second = stores.service(OrderMapper.NEW).start()) {
            second.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));
            Future<?> first = switching(slow);
            second.write(tx -> tx.update(Order.of(1, "Bob", "2.00").by("app", 1)));
            second.step(DataPhase.NEW_PRIMARY);
            second.write(tx -> tx.update(Order.of(1, "Cid", "3.00").by("app", 2)));
            second.step(DataPhase.GRAY_READ);
            goOn.countDown();
            assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SQLException.class);
            second.write(tx -> tx.insert(Order.of(2, "Dan", "4.00")));
            awaitDrained(second);

            assertThat(stores.fact().epoch()).isEqualTo(3);
            assertThat(stores.inNew())
                    .containsEntry(1L, Order.of(1, "Cid", "3.00").by("app", 2));
            stores.assertNothingDiffers();
        }
    }

    /** The second is in the middle of its own: the first must not end it. */
    @ParameterizedTest
    @MethodSource("io.grayrelease.data.Pair#installed")
    void switch_whileAnotherSwitches_isNotEndedForIt(Pair pair) throws Exception {
        AtomicReference<Future<?>> first = new AtomicReference<>();
        AtomicReference<Throwable> failed = new AtomicReference<>();
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> slow = thatWaitsAt(Step.HANDING_OVER, stores);
                Migration<Long, Order> second = stores.service(OrderMapper.NEW)
                        .switchSteps(Step.CLOSED.then(() -> {
                            goOn.countDown();
                            failed.set(catchThrowable(() -> first.get().get(20, TimeUnit.SECONDS)));
                        }))
                        .start()) {
            first.set(switching(slow));
            second.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));
            second.step(DataPhase.NEW_PRIMARY);

            assertThat(failed.get()).hasRootCauseMessage("the switch took too long, another has given it up");
            assertThat(stores.fact().epoch()).isEqualTo(2);
            assertThat(stores.inNew()).containsEntry(1L, Order.of(1, "Ann", "1.00"));
        }
    }

    /** A process that goes on with its switch only when it is told to. */
    private Migration<Long, Order> thatWaitsAt(Step step, TwoStores stores) throws SQLException {
        return stores.service(OrderMapper.OLD)
                .switchLimit(SwitchTest.SHORT)
                .switchSteps(step.then(this::waitInStep))
                .start();
    }

    private void waitInStep() {
        reached.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its switch, which has come to the step where it waits. */
    private Future<?> switching(Migration<Long, Order> slow) throws InterruptedException {
        Future<?> switching = threads.submit(() -> {
            slow.step(DataPhase.NEW_PRIMARY);
            return true;
        });
        assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
        return switching;
    }
}
