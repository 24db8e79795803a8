package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries dead letters again every few seconds: a row that came before another that it needs, or needs gone, comes in then. */
final class DeadLetterRound {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRound.class);

    private final String migration;
    private final Applier applier;
    private final long everyMillis;
    private final ScheduledExecutorService timer;

    DeadLetterRound(String migration, Applier applier, Duration every) {
        this.migration = migration;
        this.applier = applier;
        this.everyMillis = every.toMillis();
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> Daemon.thread(task, "dead-" + migration));
    }

    void start() {
        // Its result says nothing: a round never fails.
        Object unused = timer.scheduleWithFixedDelay(this::round, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            int brought = applier.acceptDead();
            if (brought > 0) {
                LOG.info("gray: {}: {} dead letters are none any more", migration, brought);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("gray: dead letters wait", e);
        } catch (Error e) {
            // The timer would end with it.
            LOG.warn("gray: {}: dead letters wait: {}", migration, e.toString());
        }
    }

    void close() {
        timer.shutdownNow();
    }
}
