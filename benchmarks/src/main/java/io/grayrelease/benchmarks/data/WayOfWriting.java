package io.grayrelease.benchmarks.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** One way of writing, with stores of its own. */
record WayOfWriting(String name, Stores stores, ItemWriter writer) implements AutoCloseable {
    private static final AtomicLong REVISIONS = new AtomicLong();
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** What was written in a round: microseconds of each write, and how long it took until the new store had all of it. */
    record Round(Histogram micros, double seconds, double secondsToDrain) {
        double millis(double percentile) {
            return micros.getValueAtPercentile(percentile) / 1_000.0;
        }

        double perSecond() {
            return micros.getTotalCount() / seconds;
        }
    }

    /** Updates random rows from some threads, at most so often per second together. */
    Round run(int threads, int keys, Duration duration, int perSecond) throws Exception {
        Histogram micros = new ConcurrentHistogram(LONGEST.toNanos() / 1_000, 3);
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(writing(micros, keys, end, 1_000_000_000L * threads / perSecond)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            pool.shutdown();
        }
        long written = System.nanoTime();
        stores.awaitDrained();
        return new Round(micros, (written - start) / 1e9, (System.nanoTime() - written) / 1e9);
    }

    private Callable<Boolean> writing(Histogram micros, int keys, long end, long everyNanos) {
        return () -> {
            long next = System.nanoTime();
            for (long began = next; began < end; began = System.nanoTime()) {
                long id = ThreadLocalRandom.current().nextInt(keys) + 1L;
                writer.upsert(Item.written(id, REVISIONS.incrementAndGet()));
                long written = System.nanoTime();
                micros.recordValue((written - began) / 1_000);
                next = Math.max(next + everyNanos, written);
                LockSupport.parkNanos(next - written);
            }
            return true;
        };
    }

    @Override
    public void close() throws Exception {
        writer.close();
        stores.close();
    }
}
