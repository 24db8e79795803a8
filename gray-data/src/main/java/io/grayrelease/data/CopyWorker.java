package io.grayrelease.data;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker of a copy: claims a chunk, copies it, and so on until there is none left. For one thread. */
final class CopyWorker {
    private static final Logger LOG = LoggerFactory.getLogger(CopyWorker.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long BACKLOG_PAUSE_MILLIS = 100;
    private static final long OTHERS_PAUSE_MILLIS = 100;

    private final Copier copier;
    private final CopySettings settings;
    private final Copy.Situation situation;
    private final Throttle throttle;
    private final CountDownLatch stop;
    private final Consumer<Job> progress;
    private final Consumer<@Nullable String> waits;
    private final ChunkSize size;
    private @Nullable Chunk chunk;
    private boolean begun;
    private boolean ended;

    CopyWorker(
            Copier copier,
            CopySettings settings,
            Copy.Situation situation,
            Throttle throttle,
            CountDownLatch stop,
            Consumer<Job> progress,
            Consumer<@Nullable String> waits) {
        this.copier = copier;
        this.settings = settings;
        this.situation = situation;
        this.throttle = throttle;
        this.stop = stop;
        this.progress = progress;
        this.waits = waits;
        this.size = new ChunkSize(settings);
    }

    void run() throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (!ended && !isStopped(0)) {
            if (!situation.captures()) {
                LOG.warn("gray: {}: copy stopped: writes are not captured any more", copier);
                break;
            }
            try {
                step();
                waits.accept(null);
                pause = FIRST_PAUSE_MILLIS;
            } catch (LostClaim e) {
                LOG.info("gray: {}: copy: {}", copier, e.getMessage());
                chunk = null;
            } catch (SQLException | RuntimeException e) {
                String why = FaultWords.of(e);
                waits.accept(why);
                LOG.warn("gray: {}: copy waits, tried again in {} ms: {}", copier, pause, why);
                size.failed();
                isStopped(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
            }
        }
        release();
    }

    private void step() throws SQLException, InterruptedException {
        if (!begun) {
            progress.accept(copier.begin());
            begun = true;
        }
        if (situation.eventsWaiting() > settings.mostWaiting()) {
            isStopped(BACKLOG_PAUSE_MILLIS);
            return;
        }
        long wait = copy();
        look();
        if (!ended) {
            isStopped(wait);
        }
    }

    /** Copies a chunk, or more of it, and says how many milliseconds to wait before the next. */
    private long copy() throws SQLException {
        long start = System.nanoTime();
        if (chunk == null) {
            chunk = copier.claim(settings.lease(), size.rows());
        }
        if (chunk == null) {
            // Others have what is left, and one of them may die yet.
            return OTHERS_PAUSE_MILLIS;
        }
        Copier.Copied copied = copier.copy(chunk, size.rows(), settings.lease());
        chunk = copied.rest;
        size.took(copied.rows, System.nanoTime() - start);
        return throttle.rows(copied.rows);
    }

    private void look() throws SQLException {
        Job job = copier.job();
        ended = job == null || job.isFinished();
        if (job != null) {
            progress.accept(job);
        }
    }

    private boolean isStopped(long millis) throws InterruptedException {
        return stop.await(millis, TimeUnit.MILLISECONDS);
    }

    private void release() {
        if (chunk != null) {
            try {
                copier.release(chunk);
            } catch (SQLException e) {
                LOG.debug("gray: {} waits for the end of its lease", chunk, e);
            }
        }
    }
}
