package io.grayrelease.data;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.grayrelease.data.CompareTest.SETTINGS;
import static io.grayrelease.data.CompareTest.awaitDone;
import static io.grayrelease.data.CompareTest.awaitEnd;
import static io.grayrelease.data.CompareTest.copied;
import static io.grayrelease.data.CompareTest.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/** Several processes compare one table; one stops, hangs or comes back. */
class CompareSharedTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final CompareSettings SMALL = SETTINGS.chunkRows(20);

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_byTwoProcesses_isSharedBetweenThem(Pair pair) throws Exception {
        AtomicInteger byOne = new AtomicInteger();
        AtomicInteger byTwo = new AtomicInteger();
        try (TwoStores stores = copied(pair, 1000);
                Migration<Long, Order> one = stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> two = stores.service(OrderMapper.NEW).start()) {
            stores.ofNew().execute("UPDATE orders_v2 SET amount = 0 WHERE id IN (3, 999)");
            // Neither goes on before the other has compared something.
            CountDownLatch both = new CountDownLatch(2);
            Compare first = one.compare(SMALL, counting(byOne, both));
            Compare second = two.compare(SMALL.workers(2), counting(byTwo, both));
            awaitDone(first);
            awaitDone(second);

            assertThat(byOne.get()).isPositive();
            assertThat(byTwo.get()).isPositive();
            assertThat(one.compared().rows()).isEqualTo(1000);
            assertThat(one.compared().run()).isEqualTo(1);
            assertThat(found(two)).containsOnly(entry("3", "DIFF [amount]"), entry("999", "DIFF [amount]"));
        }
    }

    private static CompareSteps counting(AtomicInteger chunks, CountDownLatch both) {
        return new CompareSteps() {
            @Override
            public void chunkCompared() {
                if (chunks.getAndIncrement() == 0) {
                    both.countDown();
                    awaitLatch(both);
                }
            }
        };
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_stopped_goesOnWhereItWas(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 200);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Compare[] first = new Compare[1];
            CountDownLatch known = new CountDownLatch(1);
            first[0] = service.compare(SMALL, new CompareSteps() {
                @Override
                public void chunkCompared() {
                    awaitLatch(known);
                    first[0].stop();
                }
            });
            known.countDown();
            awaitEnd(first[0]);
            long before = service.compared().rows();
            assertThat(before).isBetween(0L, 40L);
            assertThat(service.compared().isClean()).isFalse();

            awaitDone(service.compare(SMALL));
            assertThat(service.compared().rows()).isEqualTo(200);
            assertThat(service.compared().run()).isEqualTo(1);
            assertThat(service.compared().isClean()).isTrue();
        }
    }

    /** As killed, and then it comes back: what it had claimed is another's by then, and counts once. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_workerThatHangs_losesItsChunkToOthers(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 200);
                Migration<Long, Order> one = stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> two = stores.service(OrderMapper.OLD).start()) {
            stores.ofNew().execute("UPDATE orders_v2 SET amount = 0 WHERE id = 3");
            CountDownLatch hangs = new CountDownLatch(1);
            CountDownLatch back = new CountDownLatch(1);
            Compare first = one.compare(SMALL.lease(Duration.ofMillis(300)), new CompareSteps() {
                @Override
                public void chunkCompared() {
                    hangs.countDown();
                    awaitLatch(back);
                }
            });
            awaitLatch(hangs);
            awaitDone(two.compare(SMALL));
            back.countDown();
            awaitDone(first);

            assertThat(one.compared().rows()).isEqualTo(200);
            assertThat(found(one)).containsOnly(entry("3", "DIFF [amount]"));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void shadowReads_countWhatDiffers(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 20);
                Migration<Long, Order> service =
                        stores.service(OrderMapper.OLD).shadowReads(1).start()) {
            stores.ofNew().execute("UPDATE orders_v2 SET amount = 0 WHERE id = 3");
            assertThat(service.read(3L)).contains(Order.of(3, "c3", "3.00"));
            service.read(4L);
            service.read(99L);

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(service.counts().shadowMatches()).isEqualTo(2);
                assertThat(service.counts().shadowMismatches()).isEqualTo(1);
            });
            assertThat(service.counts().shadowErrors()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void writesComparedLater_thatDiffer_shutTheGate(Pair pair) throws Exception {
        try (TwoStores stores = copied(pair, 20);
                Migration<Long, Order> service =
                        stores.service(OrderMapper.OLD).compareWrites(true).start()) {
            awaitDone(service.compare(SETTINGS));
            assertThat(service.compared().isClean()).isTrue();
            // A version that no event is above: what is written next is passed over.
            stores.ofNew().execute("INSERT INTO gray_meta VALUES ('order-v2', '3', " + Long.MAX_VALUE + ", 0, FALSE)");
            service.write(tx -> tx.update(Order.of(3, "Ann", "7")));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(service.counts().recentMismatches()).isEqualTo(1));
            assertThat(service.compared().isClean()).isFalse();
            assertThat(found(service)).containsOnly(entry("3", "DIFF [customer, amount]"));
        }
    }
}
