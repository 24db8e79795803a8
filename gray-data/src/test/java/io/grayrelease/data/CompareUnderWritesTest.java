package io.grayrelease.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.grayrelease.data.CompareTest.SETTINGS;
import static io.grayrelease.data.CompareTest.awaitDone;
import static io.grayrelease.data.CompareTest.copied;
import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;

/** Writes go on while stores are compared and repaired: what is on its way is no difference, and no repair undoes a write. */
class CompareUnderWritesTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final int ORDERS = 400;
    private static final int RUNS = 3;

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_underHeavyWritesAndLag_findsNothing(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, ORDERS);
                Migration<Long, Order> service =
                        stores.service(OrderMapper.OLD).carrier(lagging()).start();
                Writers writers = new Writers(service, 3)) {
            for (int run = 1; run <= RUNS; run++) {
                awaitDone(service.compare(SETTINGS.chunkRows(50)));
                assertThat(service.compared().differences()).isEmpty();
                assertThat(service.compared().found()).isZero();
            }
            assertThat(writers.stopped()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void repair_underWrites_healsAllAndUndoesNothing(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, ORDERS);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.ofNew()
                    .execute(
                            "DELETE FROM orders_v2 WHERE id < 40",
                            "UPDATE orders_v2 SET customer = 'wrong' WHERE id BETWEEN 100 AND 140",
                            "INSERT INTO orders_v2 VALUES (-3, 'x', 1, 'web', NULL), (777, 'x', 1, 'web', NULL)");
            Compare compare;
            try (Writers writers = new Writers(service, 2)) {
                compare = service.compare(SETTINGS.chunkRows(100).repair(true));
                awaitDone(compare);
                assertThat(writers.stopped()).isPositive();
            }
            awaitDrained(service);

            assertThat(compare.report().isClean())
                    .as("%s", compare.report().differences())
                    .isTrue();
            assertThat(compare.report().found()).isPositive();
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void repair_ofEachKind_bringsTheRowsOverAgain(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 50);
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            service.write(tx -> tx.update(Order.of(6, "Ann", "6").by("app", 7)));
            awaitDrained(service);
            stores.ofNew()
                    .execute(
                            "DELETE FROM orders_v2 WHERE id = 5",
                            "UPDATE orders_v2 SET customer = 'wrong' WHERE id = 6",
                            "INSERT INTO orders_v2 VALUES (-3, 'x', 1, 'web', NULL)");
            awaitDone(service.compare(SETTINGS.repair(true)));

            assertThat(service.compared().found()).isEqualTo(3);
            assertThat(service.compared().isClean()).isTrue();
            stores.assertNothingDiffers();
            assertThat(stores.inNew().get(6L))
                    .isEqualTo(Order.of(6, "Ann", "6.00").by("app", 7));
        }
    }

    /** The insert has drawn its version, which is lower than that of the repair's delete, and is not committed yet. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void repair_whileTheRowIsBeingInserted_waitsForIt(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 50);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.ofNew().execute("INSERT INTO orders_v2 VALUES (777, 'x', 1, 'web', NULL)");
            CountDownLatch inserted = new CountDownLatch(1);
            CountDownLatch commit = new CountDownLatch(1);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                CompareSteps steps = new CompareSteps() {
                    @Override
                    public void chunkCompared() {
                        try {
                            Future<?> unused = thread.submit(() -> {
                                service.write(tx -> {
                                    tx.insert(Order.of(777, "new", "5"));
                                    inserted.countDown();
                                    // Longer than the repair takes that does not wait.
                                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(700));
                                });
                                commit.countDown();
                                return true;
                            });
                            inserted.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                };
                awaitDone(service.compare(SETTINGS.repair(true), steps));
                commit.await();
            } finally {
                thread.shutdown();
            }
            awaitDrained(service);

            assertThat(stores.inNew().get(777L)).isEqualTo(Order.of(777, "new", "5.00"));
            stores.assertNothingDiffers();
        }
    }

    /** Each batch waits, as in a queue. */
    private static Carrier.Factory lagging() {
        return (migration, inbox) -> events -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            inbox.accept(events);
        };
    }

    /** Threads that insert, update and delete orders, some of which all of them write. */
    private static final class Writers implements AutoCloseable {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final ExecutorService threads;
        private final List<Future<Integer>> results = new ArrayList<>();

        Writers(Migration<Long, Order> service, int count) {
            this.threads = Executors.newFixedThreadPool(count);
            for (int i = 0; i < count; i++) {
                Random random = new Random(i);
                results.add(threads.submit(() -> write(service, random)));
            }
        }

        private int write(Migration<Long, Order> service, Random random) {
            int written = 0;
            while (!stop.get()) {
                long id = random.nextInt(10) == 0 ? 7 : 1 + random.nextInt(ORDERS);
                Order order = Order.of(id, "w" + random.nextInt(1000), random.nextInt(1000) + "");
                boolean delete = random.nextInt(6) == 0;
                try {
                    service.write(tx -> {
                        if (delete) {
                            tx.delete(id);
                        } else if (!tx.update(order)) {
                            tx.insert(order);
                        }
                    });
                    written++;
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                } catch (SQLException e) {
                    // Two inserts at a time, or a circle of waiting: nothing is written.
                }
            }
            return written;
        }

        /** Ends them, and says how much they wrote. */
        int stopped() throws Exception {
            stop.set(true);
            int written = 0;
            for (Future<Integer> result : results) {
                written += result.get();
            }
            return written;
        }

        @Override
        public void close() throws Exception {
            stopped();
            threads.shutdown();
        }
    }
}
