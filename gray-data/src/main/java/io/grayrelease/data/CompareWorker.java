package io.grayrelease.data;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker of a comparison: claims a chunk, compares it, and so on until there is none left. For one thread. */
final class CompareWorker {
    private static final Logger LOG = LoggerFactory.getLogger(CompareWorker.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long OTHERS_PAUSE_MILLIS = 50;

    private final String migration;
    private final CompareSettings settings;
    private final Throttle throttle;
    private final CountDownLatch stop;
    private final Consumer<@Nullable String> waits;

    CompareWorker(
            String migration,
            CompareSettings settings,
            Throttle throttle,
            CountDownLatch stop,
            Consumer<@Nullable String> waits) {
        this.migration = migration;
        this.settings = settings;
        this.throttle = throttle;
        this.stop = stop;
        this.waits = waits;
    }

    /** A step that may fail, and is taken again until it says that it was the last one. */
    interface Step {
        boolean take() throws SQLException, InterruptedException;
    }

    /** Compares what is left of a run; {@code after} is told after each chunk. */
    void run(Comparer comparer, long run, Consumer<Comparer> after) throws InterruptedException {
        for (Comparer.Pass pass : comparer.passes()) {
            untilTaken(() -> {
                boolean last = chunk(comparer, pass, run);
                after.accept(comparer);
                return last;
            });
        }
        untilTaken(() -> {
            comparer.finish(run);
            return true;
        });
    }

    /** Takes a step until it was the last one, or all is stopped; a store that is away is waited for. */
    void untilTaken(Step step) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (!isStopped(0)) {
            try {
                boolean last = step.take();
                waits.accept(null);
                if (last) {
                    return;
                }
                pause = FIRST_PAUSE_MILLIS;
            } catch (LostClaim e) {
                LOG.info("gray: {}: compare: {}", migration, e.getMessage());
            } catch (SQLException | RuntimeException e) {
                String why = FaultWords.of(e);
                waits.accept(why);
                LOG.warn("gray: {}: compare waits, tried again in {} ms: {}", migration, pause, why);
                isStopped(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
            }
        }
    }

    /** One chunk, and whether there is none left of this pass. */
    private boolean chunk(Comparer comparer, Comparer.Pass pass, long run) throws SQLException, InterruptedException {
        Chunk chunk = pass.claims.claim(run, settings.lease(), comparer.chunkRows());
        if (chunk == null) {
            Job job = pass.claims.job();
            // Others have what is left, and one of them may die yet.
            return job == null || job.run != run || job.isFinished() || isStopped(OTHERS_PAUSE_MILLIS);
        }
        long rows = compare(comparer, pass, chunk);
        isStopped(throttle.rows((int) Math.min(Integer.MAX_VALUE, rows)));
        return comparer.isTooMuch(run);
    }

    private static long compare(Comparer comparer, Comparer.Pass pass, Chunk chunk)
            throws SQLException, InterruptedException {
        try {
            return comparer.compare(pass, chunk);
        } catch (SQLException | RuntimeException e) {
            release(pass, chunk);
            throw e;
        }
    }

    private static void release(Comparer.Pass pass, Chunk chunk) {
        try {
            pass.claims.release(chunk);
        } catch (SQLException e) {
            LOG.debug("gray: {} waits for the end of its lease", chunk, e);
        }
    }

    private boolean isStopped(long millis) throws InterruptedException {
        return stop.await(Math.max(0, millis), TimeUnit.MILLISECONDS);
    }
}
