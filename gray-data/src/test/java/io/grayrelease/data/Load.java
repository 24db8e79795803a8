package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Threads that each write orders of their own, through either version of the service, and remember what is committed. */
final class Load implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Load.class);
    private static final int ORDERS = 15;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Future<?>> running = new ArrayList<>();
    private final Map<Long, Order> committed = new ConcurrentHashMap<>();
    final AtomicLong written = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong longestMillis = new AtomicLong();

    Load(int writers, Migration<Long, Order> oldVersion, Migration<Long, Order> newVersion) {
        for (int i = 0; i < writers; i++) {
            long first = 1_000L * (i + 1);
            Random random = new Random(i);
            running.add(threads.submit(() -> {
                while (!stopped.get()) {
                    write(first + random.nextInt(ORDERS), random, oldVersion, newVersion);
                }
            }));
        }
    }

    private void write(long id, Random random, Migration<Long, Order> oldVersion, Migration<Long, Order> newVersion) {
        boolean byNew = random.nextBoolean();
        boolean delete = random.nextInt(5) == 0;
        Order before = committed.get(id);
        Order order = Order.of(id, "c" + random.nextInt(100), random.nextInt(1_000) + ".00");
        Order next = byNew
                ? order.by("ch" + random.nextInt(100), random.nextInt(9))
                : before == null
                        ? order
                        : new Order(id, order.customer(), order.amount(), before.channel(), before.priority());
        long began = System.nanoTime();
        try {
            (byNew ? newVersion : oldVersion).write(tx -> {
                if (delete) {
                    tx.delete(id);
                } else if (!tx.update(next)) {
                    tx.insert(next);
                }
            });
            if (delete) {
                committed.remove(id);
            } else {
                committed.put(id, next);
            }
            written.incrementAndGet();
            longestMillis.accumulateAndGet((System.nanoTime() - began) / 1_000_000, Math::max);
        } catch (SQLException e) {
            // An UPDATE that finds nothing and an INSERT after it block one another under MariaDB's default.
            if (!Faults.isOfOrder(e) || isNotTaken(e)) {
                failed.incrementAndGet();
                LOG.warn("a write of the load failed", e);
            }
        }
    }

    private static boolean isNotTaken(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("no store takes writes")
                || failure instanceof FencedException;
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

    /** Every committed write is in the new store, as its writer left it. */
    void assertAllIsInNew(TwoStores stores) throws SQLException {
        Map<Long, Order> inNew = new TreeMap<>(stores.inNew());
        inNew.keySet().removeIf(id -> id < 1_000);
        assertThat(inNew).isEqualTo(new TreeMap<>(committed));
    }

    /** Every committed write is in both stores, with the columns that only the new one has. */
    void assertNothingIsLost(TwoStores stores, Migration<Long, Order> newVersion) throws Exception {
        assertAllIsInNew(stores);
        stores.assertNothingDiffers();
        for (Order order : committed.values()) {
            assertThat(newVersion.read(order.id())).contains(order);
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.shutdownNow();
    }
}
