package io.grayrelease.data;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What the databases say of a migration, as threads of its own have read it within the last seconds: who looks at metrics never
 * waits for a database. The threads begin with the first who asks. Thread-safe.
 */
final class Samples implements AutoCloseable {
    private final String migration;
    private final Duration every;
    private final Sampled<Backlog> backlog;
    private final Sampled<Integer> deadLetters;
    private final Sampled<CopyProgress> copy;
    private final Sampled<CompareProgress> compare;
    private boolean closed;
    private volatile @Nullable ScheduledExecutorService timer;

    Samples(
            String migration,
            Duration every,
            Sampled.Read<Backlog> backlog,
            Sampled.Read<Integer> deadLetters,
            Sampled.Read<CopyProgress> copy,
            Sampled.Read<CompareProgress> compare) {
        this.migration = migration;
        this.every = every;
        this.backlog = new Sampled<>(backlog, System::nanoTime);
        this.deadLetters = new Sampled<>(deadLetters, System::nanoTime);
        this.copy = new Sampled<>(copy, System::nanoTime);
        this.compare = new Sampled<>(compare, System::nanoTime);
    }

    /** Null where it is not known, as of all the others. */
    @Nullable
    Backlog backlog() {
        return last(backlog);
    }

    @Nullable
    Integer deadLetters() {
        return last(deadLetters);
    }

    @Nullable
    CopyProgress copy() {
        return last(copy);
    }

    @Nullable
    CompareProgress compare() {
        return last(compare);
    }

    private <T> @Nullable T last(Sampled<T> sampled) {
        T last = sampled.last();
        if (timer == null) {
            start();
        }
        return last;
    }

    private synchronized void start() {
        if (timer != null || closed) {
            return;
        }
        ScheduledExecutorService started = Executors.newScheduledThreadPool(2, this::thread);
        timer = started;
        // The primary's alone: a store that hangs does not hide how much waits for it.
        repeat(started, backlog::sample);
        repeat(started, () -> {
            deadLetters.sample();
            copy.sample();
            compare.sample();
        });
    }

    private void repeat(ScheduledExecutorService started, Runnable samples) {
        Object unused = started.scheduleWithFixedDelay(samples, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Thread thread(Runnable task) {
        return Daemon.thread(task, "metrics-" + migration);
    }

    @Override
    public synchronized void close() {
        closed = true;
        ScheduledExecutorService started = timer;
        if (started != null) {
            started.shutdownNow();
        }
    }
}
