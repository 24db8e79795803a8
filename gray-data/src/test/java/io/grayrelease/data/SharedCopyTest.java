package io.grayrelease.data;

import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.grayrelease.data.CopyTest.awaitDone;
import static io.grayrelease.data.CopyTest.filled;
import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Several workers, in one process and in several, share a copy; some of them die, or come back too late. */
class SharedCopyTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final CopySettings SMALL = CopySettings.DEFAULTS.chunkRows(10);
    private static final CopySettings SHORT = SMALL.lease(Duration.ofMillis(300));

    private interface Step {
        void happen() throws Exception;
    }

    private static Copier.Steps afterRead(Step step) {
        return new Copier.Steps() {
            @Override
            public void chunkRead() {
                SharedCopyTest.happen(step);
            }
        };
    }

    private static Copier.Steps afterWrite(Step step) {
        return new Copier.Steps() {
            @Override
            public void chunkWritten() {
                SharedCopyTest.happen(step);
            }
        };
    }

    private static void happen(Step step) {
        try {
            step.happen();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What no worker survives, as it would not survive the end of its process: nothing is released. */
    private static void die() {
        // What nobody catches would fail whatever other test waits at the moment.
        Thread.currentThread().setUncaughtExceptionHandler((thread, death) -> {});
        throw new Error("the test ends this worker");
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copies_ofTwoProcesses_shareTheRows(Pair pair) throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger chunksOfOne = new AtomicInteger();
        AtomicInteger chunksOfTwo = new AtomicInteger();
        try (TwoStores stores = filled(pair, 95);
                Migration<Long, Order> one = stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> two = stores.service(OrderMapper.NEW).start()) {
            Copy copyOfOne = one.copy(SMALL, afterRead(() -> together(both, chunksOfOne)));
            Copy copyOfTwo = two.copy(SMALL, afterRead(() -> together(both, chunksOfTwo)));
            awaitDone(copyOfOne);
            awaitDone(copyOfTwo);

            assertThat(chunksOfOne.get()).isPositive();
            assertThat(chunksOfTwo.get()).isPositive();
            assertThat(chunksOfOne.get() + chunksOfTwo.get()).isEqualTo(10);
            assertThat(copyOfOne.progress().rowsRead()).isEqualTo(95);
            assertThat(copyOfTwo.progress().rowsWritten()).isEqualTo(95);
            stores.assertNothingDiffers();
        }
    }

    /** The first chunk of each waits for that of the other. */
    private static void together(CyclicBarrier both, AtomicInteger chunks) throws Exception {
        if (chunks.getAndIncrement() == 0) {
            both.await(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_ofFourWorkers_copiesEachRowOnce(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 200);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Copy copy = service.copy(SMALL.chunkRows(3, 20).workers(4));
            awaitDone(copy);

            assertThat(copy.progress().rowsRead()).isEqualTo(200);
            assertThat(copy.progress().rowsWritten()).isEqualTo(200);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void worker_thatDiesBetweenReadAndWrite_leavesItsChunkToAnother(Pair pair) throws Exception {
        diesAndIsReplaced(pair, afterRead(SharedCopyTest::die));
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void worker_thatDiesBetweenWriteAndDone_leavesItsChunkToAnother(Pair pair) throws Exception {
        diesAndIsReplaced(pair, afterWrite(SharedCopyTest::die));
    }

    private static void diesAndIsReplaced(Pair pair, Copier.Steps death) throws Exception {
        try (TwoStores stores = filled(pair, 30);
                Migration<Long, Order> one = stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> two = stores.service(OrderMapper.OLD).start()) {
            Copy dead = one.copy(SHORT, death);
            assertThat(dead.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(two.copyProgress().rowsRead()).isZero();
            Copy copy = two.copy(SHORT);
            awaitDone(copy);

            assertThat(copy.progress().rowsRead()).isEqualTo(30);
            assertThat(copy.progress().rowsWritten()).isEqualTo(30);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void worker_thatComesBackAfterItsLease_neitherWritesNorCounts(Pair pair) throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (TwoStores stores = filled(pair, 30);
                Migration<Long, Order> one = stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> two = stores.service(OrderMapper.OLD).start()) {
            Copy zombie = one.copy(SHORT, afterRead(late::await));
            await().until(() -> two.copyProgress().rowsTotal() > 0);
            awaitDone(two.copy(SHORT));
            two.write(tx -> tx.delete(5L));
            awaitDrained(two);
            late.countDown();
            awaitDone(zombie);

            assertThat(two.copyProgress().rowsRead()).isEqualTo(30);
            assertThat(two.copyProgress().rowsWritten()).isEqualTo(30);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void worker_ofARoundThatIsOver_writesNothing(Pair pair) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        try (TwoStores stores = filled(pair, 10);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            // With a row at fault, rows are written one by one, each in a transaction of its own.
            stores.ofNew().execute("ALTER TABLE orders_v2 ADD CONSTRAINT small CHECK (amount < 10)");
            Copy zombie = service.copy(SMALL, afterRead(() -> {
                read.countDown();
                late.await();
            }));
            assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
            stores.ofNew().execute("DELETE FROM gray_chunk", "DELETE FROM gray_job");
            late.countDown();
            assertThat(zombie.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(stores.inNew()).isEmpty();
            assertThat(service.deadLetters()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_ofRowsAtFault_keepsThemAsDeadLettersAndCopiesTheOthers(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 450);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.ofNew().execute("ALTER TABLE orders_v2 ADD CONSTRAINT small CHECK (amount NOT IN (7, 400))");
            Copy copy = service.copy(CopySettings.DEFAULTS);
            awaitDone(copy);

            assertThat(copy.progress().rowsRead()).isEqualTo(450);
            assertThat(stores.inNew()).hasSize(448).doesNotContainKeys(7L, 400L);
            assertThat(service.deadLetters()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_rowsInsertedBehindItsPlace_comeByEvents(Pair pair) throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        try (TwoStores stores = filled(pair, 30);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Copy copy = service.copy(SMALL, afterRead(() -> {
                if (chunks.incrementAndGet() == 2) {
                    service.write(tx -> tx.insert(Order.of(-7, "behind", "7.00")));
                    service.write(tx -> tx.insert(Order.of(99, "ahead", "9.00")));
                }
            }));
            awaitDone(copy);
            awaitDrained(service);

            assertThat(stores.inNew()).hasSize(32).containsKeys(-7L, 99L);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_ofAnEmptyTable_isDone(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Copy copy = service.copy(SMALL);
            awaitDone(copy);

            assertThat(copy.progress().rowsRead()).isZero();
            assertThat(copy.progress().timeLeft()).contains(Duration.ZERO);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void chunk_thatHasGrown_isCopiedInParts(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 30)) {
            Store old = Store.old(stores.old().source(), OrderMapper.TABLE);
            Store ofNew = Store.ofNew(stores.ofNew().source(), OrderMapper.TABLE);
            Applier applier = new Applier("order-v2", ofNew, OrderMapper.TABLE, new Counts());
            Copier copier = new Copier("order-v2", old, ofNew, OrderMapper.TABLE, applier, Copier.Steps.NONE);
            copier.begin();
            Chunk chunk = copier.claim(Duration.ofMinutes(1), 1_000);
            int parts = 0;
            for (; chunk != null; parts++) {
                chunk = copier.copy(chunk, 12, Duration.ofMinutes(1)).rest;
            }

            assertThat(parts).isEqualTo(3);
            assertThat(copier.job().isFinished()).isTrue();
            assertThat(copier.job().rowsWritten).isEqualTo(30);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void progress_ofACopyUnderWay_isToldByAnyProcess(Pair pair) throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (TwoStores stores = filled(pair, 60);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> other = stores.service(OrderMapper.OLD).start()) {
            assertThat(other.copyProgress().isDone()).isFalse();
            Copy copy = service.copy(SMALL, afterRead(() -> {
                if (chunks.incrementAndGet() == 2) {
                    second.countDown();
                    goOn.await();
                }
            }));
            assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
            CopyProgress progress = other.copyProgress();
            goOn.countDown();
            awaitDone(copy);

            assertThat(progress.rowsRead()).isEqualTo(10);
            assertThat(progress.rowsTotal()).isGreaterThanOrEqualTo(10);
            assertThat(progress.rowsPerSecond()).isPositive();
            assertThat(progress.timeLeft()).isPresent();
            assertThat(other.copyProgress().rowsTotal()).isEqualTo(60);
            assertThat(other.copyProgress().isDone()).isTrue();
        }
    }

    @Test
    @EnabledIf("io.grayrelease.data.LivePostgresql#isInstalled")
    void postgresql_copierKilled_losesAndDoublesNothing() throws Exception {
        killed(Pair.POSTGRESQL);
    }

    @Test
    @EnabledIf("io.grayrelease.data.LiveMariaDb#isInstalled")
    void mariaDb_copierKilled_losesAndDoublesNothing() throws Exception {
        killed(Pair.MARIADB);
    }

    /** Two processes, each killed with -9 in the middle of its work, and a third one that ends it. */
    private static void killed(Pair pair) throws Exception {
        try (TwoStores stores = filled(pair, 5_000);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            for (int kill = 1; kill <= 2; kill++) {
                long enough = 500L * kill;
                try (CopyProcess process = CopyProcess.start(stores, 2, 5, 20, Redirect.DISCARD)) {
                    await().atMost(Duration.ofSeconds(60))
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> service.copyProgress().rowsRead() > enough);
                    process.kill();
                }
                service.write(tx -> tx.delete(100L));
                service.write(tx -> tx.insert(Order.of(100, "again", "1")));
            }
            assertThat(service.copyProgress().isDone()).isFalse();
            Copy copy = service.copy(CopySettings.DEFAULTS);
            assertThat(copy.await(60, TimeUnit.SECONDS)).isTrue();
            awaitDrained(service);

            // The order that was written may have been there when its chunk was read, or not.
            assertThat(copy.progress().isDone()).isTrue();
            assertThat(copy.progress().rowsRead()).isBetween(4_999L, 5_000L);
            assertThat(copy.progress().rowsWritten()).isBetween(4_999L, 5_000L);
            stores.assertNothingDiffers();
        }
    }
}
