package io.grayrelease.data;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the rows of some reads in both stores, beside the call, which it neither delays nor fails. Thread-safe. */
final class ShadowReads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowReads.class);
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 100;

    /** How a row is looked at in both stores. */
    interface Look {
        Verdict at(Map<String, @Nullable String> key) throws SQLException;
    }

    private final String migration;
    private final double rate;
    private final Look look;
    private final Counts counts;
    private final Rarely rarely = new Rarely();
    private final ThreadPoolExecutor threads;

    ShadowReads(String migration, double rate, Look look, Counts counts) {
        this.migration = migration;
        this.rate = rate;
        this.look = look;
        this.counts = counts;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                task -> Daemon.thread(task, "shadow-" + migration));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Tells of a read; now and then its row is looked at, soon. */
    void read(Supplier<Map<String, @Nullable String>> key) {
        if (rate <= 0 || ThreadLocalRandom.current().nextDouble() >= rate) {
            return;
        }
        try {
            Map<String, @Nullable String> values = key.get();
            threads.execute(() -> compare(values));
        } catch (RejectedExecutionException e) {
            counts.shadowDropped.increment();
        } catch (RuntimeException e) {
            counts.shadowErrors.increment();
        }
    }

    private void compare(Map<String, @Nullable String> key) {
        try {
            Verdict verdict = look.at(key);
            if (verdict.isEqual()) {
                counts.shadowMatches.increment();
            } else if (verdict.difference() == null) {
                counts.shadowMoving.increment();
            } else {
                mismatch(verdict.difference());
            }
        } catch (SQLException | RuntimeException e) {
            counts.shadowErrors.increment();
            LOG.debug("gray: a shadow read failed", e);
        }
    }

    /** Without the key, which may be personal. */
    private void mismatch(Difference difference) {
        counts.shadowMismatches.increment();
        if (rarely.isTime()) {
            LOG.warn(
                    "gray: {}: a row that was read differs between the stores: {} {}; {} so far",
                    migration,
                    difference.kind(),
                    difference.columns(),
                    counts.shadowMismatches());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
