package io.grayrelease.data;

import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How fast processes copy beside writes, and that nothing differs after that; runs only where it is named:
 * {@code mvn test -pl gray-data -Dtest=CopyBench -Dbench.pair=POSTGRESQL -Dbench.processes=2}.
 */
class CopyBench {
    private static final Pair PAIR = Pair.valueOf(System.getProperty("bench.pair", "POSTGRESQL"));
    private static final int ROWS = Integer.getInteger("bench.rows", 1_000_000);
    private static final int PROCESSES = Integer.getInteger("bench.processes", 1);
    private static final int WORKERS = Integer.getInteger("bench.workers", 1);
    private static final int WRITERS = Integer.getInteger("bench.writers", 2);
    private static final int WRITES_PER_SECOND = Integer.getInteger("bench.writes", 1_600);
    private static final int MOST_ROWS = Integer.getInteger("bench.chunk", 20_000);

    private final AtomicLong written = new AtomicLong();
    private volatile boolean stopped;

    @Test
    void copy_besideWrites_isMeasured() throws Exception {
        try (TwoStores stores = PAIR.stores()) {
            stores.old().execute(fill(stores.old().source().getJdbcUrl().startsWith("jdbc:mariadb")));
            try (Migration<Long, Order> service =
                    stores.service(OrderMapper.NEW).start()) {
                measure(stores, service);
            }
        }
    }

    private static String[] fill(boolean mariaDb) {
        String numbers =
                mariaDb ? "(SELECT seq AS i FROM seq_1_to_" + ROWS + ") s" : "generate_series(1, " + ROWS + ") i";
        return new String[] {
            "INSERT INTO orders SELECT i, CONCAT('customer ', i), i FROM " + numbers,
            mariaDb ? "ANALYZE TABLE orders" : "ANALYZE orders"
        };
    }

    private void measure(TwoStores stores, Migration<Long, Order> service) throws Exception {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(new Thread(() -> write(service)));
        }
        writers.forEach(Thread::start);
        List<CopyProcess> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(CopyProcess.start(stores, WORKERS, 100, MOST_ROWS, Redirect.INHERIT));
        }
        long before = written.get();
        long cpu = serverMillis();
        for (CopyProcess process : processes) {
            assertThat(process.awaitEnd()).isTrue();
        }
        cpu = serverMillis() - cpu;
        long[] took = took(stores);
        long writes = written.get() - before;
        stopped = true;
        for (Thread writer : writers) {
            writer.join();
        }
        long start = System.nanoTime();
        await().atMost(Duration.ofMinutes(2)).until(() -> service.backlog().events() == 0);
        System.out.printf(
                "%s: %d processes of %d workers: %d rows in %d ms: %d rows/s, beside %d writes; drained in %d ms; server %d ms of processor time; %s%n",
                PAIR,
                PROCESSES,
                WORKERS,
                took[0],
                took[1],
                took[0] * 1_000 / took[1],
                writes,
                (System.nanoTime() - start) / 1_000_000,
                cpu,
                service.copyProgress());
        assertThat(service.deadLetters()).isZero();
        assertThat(TwoStores.shared(stores.inNew())).isEqualTo(TwoStores.shared(stores.inOld()));
    }

    /** What the servers have used of the processor, by Linux: of the processes that live, and of those that ended. */
    private static long serverMillis() throws Exception {
        LiveServer server = PAIR.name().startsWith("POSTGRESQL") ? LivePostgresql.shared() : LiveMariaDb.shared();
        return server.processorMillis();
    }

    private static long[] took(TwoStores stores) throws Exception {
        try (Connection connection = stores.ofNew().source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT rows_done, finished_ms - started_ms FROM gray_job")) {
            rows.next();
            return new long[] {rows.getLong(1), rows.getLong(2)};
        }
    }

    private void write(Migration<Long, Order> service) {
        long start = System.nanoTime();
        for (long n = 1; !stopped; n++) {
            long id = ThreadLocalRandom.current().nextLong(1, ROWS + ROWS / 100);
            Order order = Order.of(id, "written", "1").by("app", 1);
            try {
                service.write(tx -> {
                    if (id % 10 == 0) {
                        tx.delete(id);
                    } else if (!tx.update(order)) {
                        tx.insert(order);
                    }
                });
                written.incrementAndGet();
                long ahead = n * 1_000 * WRITERS / WRITES_PER_SECOND - (System.nanoTime() - start) / 1_000_000;
                if (ahead > 0) {
                    Thread.sleep(ahead);
                }
            } catch (java.sql.SQLException e) {
                // Two writers have inserted one order.
                assertThat(Faults.isOfIntegrity(e) || Faults.isOfOrder(e)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
