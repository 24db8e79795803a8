package io.grayrelease.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process's part in a comparison of both stores, in threads of its own, throttled. Thread-safe. */
public final class Compare {
    private static final Logger LOG = LoggerFactory.getLogger(Compare.class);
    private static final long LOOK_NANOS = 200_000_000L;

    /** Opens what compares; both stores must answer. */
    interface Opening {
        Comparer open(CompareSettings settings, ExecutorService pool, CountDownLatch stop) throws SQLException;
    }

    private final String migration;
    private final CompareReports reports;
    private final Opening opening;
    private final CompareSettings settings;
    private final Throttle throttle;
    private final CountDownLatch running;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ExecutorService pool;
    private final List<Thread> threads = new ArrayList<>();
    private volatile CompareProgress progress = CompareProgress.NONE;
    private volatile @Nullable String problem;
    private volatile long lookedAtNanos = System.nanoTime() - LOOK_NANOS;
    private @Nullable Comparer comparer;
    /** 0 until it has begun. */
    private volatile long run;

    Compare(String migration, CompareReports reports, Opening opening, CompareSettings settings) {
        this.migration = migration;
        this.reports = reports;
        this.opening = opening;
        this.settings = settings;
        this.throttle = new Throttle(settings.rowsPerSecond());
        this.running = new CountDownLatch(settings.workers());
        this.pool = Executors.newFixedThreadPool(
                settings.workers(), task -> Daemon.thread(task, "compare-" + migration + "-new"));
        for (int i = 1; i <= settings.workers(); i++) {
            threads.add(Daemon.thread(this::run, "compare-" + migration + "-" + i));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    private void run() {
        CompareWorker worker = new CompareWorker(migration, settings, throttle, stop, why -> problem = why);
        try {
            Comparer[] opened = new Comparer[1];
            worker.untilTaken(() -> {
                opened[0] = opened();
                return true;
            });
            if (opened[0] != null) {
                worker.run(opened[0], run, this::look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended();
        }
    }

    private synchronized Comparer opened() throws SQLException {
        Comparer known = comparer;
        if (known == null) {
            known = opening.open(settings, pool, stop);
            run = known.begin();
            comparer = known;
        }
        return known;
    }

    /** Now and then: it takes some statements. */
    private void look(Comparer each) {
        long now = System.nanoTime();
        if (now - lookedAtNanos >= LOOK_NANOS) {
            lookedAtNanos = now;
            lookNow();
        }
    }

    private void lookNow() {
        try {
            progress = reports.progress();
        } catch (SQLException e) {
            LOG.debug("gray: the progress of before counts on", e);
        }
    }

    private void ended() {
        lookNow();
        running.countDown();
        if (running.getCount() == 0) {
            pool.shutdown();
            LOG.info("gray: {}: the comparison ended here: {}", migration, progress);
        }
    }

    /** How far the comparison of all processes is, as it was when this one last looked. */
    public CompareProgress progress() {
        return progress;
    }

    /** Why this process does not get on, in the database's words, without values of rows; empty where it does. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Waits until it is done or stopped in this process; {@link #progress} says which. */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return running.await(time, unit);
    }

    boolean isEnded() {
        return running.getCount() == 0;
    }

    /** Ends before the next chunk; a comparison that is begun again goes on there. */
    public void stop() {
        stop.countDown();
    }

    /** What the latest run of all processes has found by now; nothing before this comparison has begun or joined it. */
    public CompareReport report() throws SQLException {
        return run == 0 ? CompareReport.NONE : reports.report();
    }
}
