package io.grayrelease.data;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other processes that this one lives, and why it is not ready for a step, while its steward waits for a store that does not
 * answer: who is not heard of counts as gone, and the step would be taken without him. Thread-safe.
 */
final class Heart {
    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);
    private static final long SLOW_MILLIS = 3_000;

    /** Says it in the old store. */
    interface Beat {
        void notReady(String trouble) throws SQLException;
    }

    private final Beat beat;
    private final ScheduledExecutorService timer;
    private volatile @Nullable Long askingSinceNanos;

    Heart(String migration, Beat beat) {
        this.beat = beat;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> Daemon.thread(task, "heart-" + migration));
    }

    void start() {
        // Its result says nothing: it never fails.
        Object unused = timer.scheduleWithFixedDelay(this::beatIfSlow, SLOW_MILLIS, SLOW_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From now on a store is asked. */
    void asks() {
        askingSinceNanos = System.nanoTime();
    }

    void answered() {
        askingSinceNanos = null;
    }

    private void beatIfSlow() {
        Long since = askingSinceNanos;
        long millis = since == null ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        if (millis < SLOW_MILLIS) {
            return;
        }
        try {
            beat.notReady("a store has not answered for " + millis / 1_000 + " s");
        } catch (SQLException | RuntimeException e) {
            LOG.debug("gray: nobody hears this process", e);
        }
    }

    void close() {
        timer.shutdownNow();
    }
}
