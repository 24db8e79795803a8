package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;

/** The new store does not answer, or is not there: the old one serves on. */
class SlowStoreTest {
    private static final Duration LIMIT = Duration.ofMillis(200);
    private static final int TRIES = 3;

    @Test
    void write_newStoreDoesNotAnswer_waitsForItsLimitAndSoonNotAtAll() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        try (TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> service = started(stores, answers)) {
            stores.phase(DataPhase.GRAY_READ);
            long longest = 0;
            for (int id = 1; id <= TRIES; id++) {
                longest = Math.max(longest, write(service, id));
            }
            long after = write(service, TRIES + 1);

            assertThat(service.counts().immediateFailed()).isEqualTo(TRIES);
            assertThat(service.counts().immediateSkipped()).isEqualTo(1);
            assertThat(longest).isBetween(LIMIT.toMillis(), LIMIT.toMillis() + 2_000);
            assertThat(after).isLessThan(LIMIT.toMillis());
            assertThat(stores.inNew()).isEmpty();

            answers.countDown();
            TwoStores.awaitDrained(service);
            stores.assertNothingDiffers();
        } finally {
            answers.countDown();
        }
    }

    @Test
    void start_newStoreAway_serves() throws Exception {
        try (TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> service = stores.service(
                                OrderMapper.NEW, stores.ofNew().sourceAfter(() -> {
                                    throw new SQLException("away", "08001");
                                }))
                        .grayReader(() -> true)
                        .start()) {
            stores.phase(DataPhase.GRAY_READ);
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));

            assertThat(service.read(1L)).contains(Order.of(1, "Ann", "1.00"));
            assertThat(service.counts().readFallbacks()).isEqualTo(1);
            assertThat(service.backlog().events()).isEqualTo(1);
        }
    }

    private static Migration<Long, Order> started(TwoStores stores, CountDownLatch answers) throws Exception {
        AtomicBoolean slow = new AtomicBoolean();
        DataSource waiting = stores.ofNew().sourceAfter(() -> {
            if (slow.get()) {
                answers.await();
            }
        });
        Migration<Long, Order> service =
                stores.service(OrderMapper.NEW, waiting).immediateLimit(LIMIT).start();
        slow.set(true);
        return service;
    }

    /** How long the write took, in milliseconds. */
    private static long write(Migration<Long, Order> service, long id) throws Exception {
        long began = System.nanoTime();
        service.write(tx -> tx.insert(Order.of(id, "Ann", "1")));
        return (System.nanoTime() - began) / 1_000_000;
    }
}
