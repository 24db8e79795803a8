package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Threads of a service that write as many items a second as they are told, and log it, until they are closed. */
final class LoadThreads implements AutoCloseable {
    static final int THREADS = 8;
    private static final long PER_PROCESS = 1_000_000_000L;
    private static final int HOT_KEYS = 100;
    private static final int NEW_KEYS = 10_000;
    private static final long MOST_BEHIND_NANOS = 1_000_000_000;

    private final ItemWriter writer;
    private final boolean knowsNew;
    private final int process;
    private final long rows;
    private final long pauseNanos;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    LoadThreads(ItemWriter writer, boolean knowsNew, Path logs, int process, long rows, int rate) {
        this.writer = writer;
        this.knowsNew = knowsNew;
        this.process = process;
        this.rows = rows;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(THREADS) / rate;
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Path log = logs.resolve(process + "-" + number + WriteLogs.ENDING);
            threads.add(new Thread(() -> run(number, log), "load-" + number));
        }
        threads.forEach(Thread::start);
    }

    private void run(int number, Path path) {
        Random random = new Random(process * THREADS + number);
        try (WriteLog log = new WriteLog(path)) {
            long due = System.nanoTime();
            for (long revision = process * PER_PROCESS + number; !closed; revision += THREADS) {
                write(log, random, revision);
                due = Math.max(due + pauseNanos, System.nanoTime() - MOST_BEHIND_NANOS);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(WriteLog log, Random random, long revision) throws IOException {
        long key = key(random);
        boolean deletes = random.nextInt(6) == 0;
        LoggedWrite.Kind kind = deletes
                ? LoggedWrite.Kind.DELETE
                : knowsNew ? LoggedWrite.Kind.NEW_UPSERT : LoggedWrite.Kind.OLD_UPSERT;
        log.begins(kind, key, revision);
        try {
            Outcome outcome = deletes ? writer.delete(key) : writer.upsert(Item.written(key, revision));
            log.acknowledged(revision, outcome);
        } catch (SQLException e) {
            if (isRefused(e)) {
                log.refused(revision);
            }
        }
    }

    /** Half of the writes meet others of the same key; some insert. */
    private long key(Random random) {
        return random.nextBoolean()
                ? 1 + random.nextInt(HOT_KEYS) * (rows / HOT_KEYS)
                : 1 + (long) (random.nextDouble() * (rows + NEW_KEYS));
    }

    /** By SQLSTATE: integrity (two inserted the same key), and the end of a transaction that ran beside another. */
    private static boolean isRefused(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("23") || state.startsWith("40");
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
