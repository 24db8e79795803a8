package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import static org.awaitility.Awaitility.await;

/** Threads that write until they are stopped. */
final class Writers implements AutoCloseable {
    private static final int THREADS = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Future<?>[] running = new Future<?>[THREADS];
    final AtomicLong written = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    /** The longest that a write took beyond its own transaction, with what the machine was busy with. */
    final AtomicLong blockedMillis = new AtomicLong();

    Writers(Migration<Long, Order> service) {
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            running[i] = threads.submit(() -> {
                while (!stopped.get()) {
                    write(service, random);
                }
            });
        }
    }

    private void write(Migration<Long, Order> service, Random random) {
        Order order =
                Order.of(random.nextInt(300), "c", "" + random.nextInt(1_000)).by("app", random.nextInt(100));
        long[] ended = {0};
        try {
            service.write(tx -> {
                if (random.nextInt(5) == 0) {
                    tx.delete(order.id());
                } else if (!tx.update(order)) {
                    tx.insert(order);
                }
                ended[0] = System.nanoTime();
            });
            long beyond = (System.nanoTime() - ended[0]) / 1_000_000;
            blockedMillis.accumulateAndGet(beyond, Math::max);
            written.incrementAndGet();
        } catch (SQLException e) {
            if (!"23".equals(String.valueOf(e.getSQLState()).substring(0, 2)) && !Faults.isOfOrder(e)) {
                failed.incrementAndGet();
            }
        }
    }

    void awaitMore(int writes) {
        long enough = written.get() + writes;
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> written.get() >= enough);
    }

    void stop() throws Exception {
        stopped.set(true);
        for (Future<?> each : running) {
            each.get();
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.shutdownNow();
    }
}
