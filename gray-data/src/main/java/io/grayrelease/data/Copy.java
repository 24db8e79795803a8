package io.grayrelease.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process's part in the copy of the old table into the new one, in threads of its own, throttled. Thread-safe. */
public final class Copy {
    private static final Logger LOG = LoggerFactory.getLogger(Copy.class);

    /** What a copy asks of its migration. */
    interface Situation {
        /** Whether writes are captured, all of them: what was not is committed by then, and can be read. */
        boolean captures();

        int eventsWaiting() throws SQLException;
    }

    private final Copier copier;
    private final CopySettings settings;
    private final Situation situation;
    private final Throttle throttle;
    private final CountDownLatch running;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile CopyProgress progress = CopyProgress.NONE;
    private volatile @Nullable String problem;

    Copy(String migration, Copier copier, CopySettings settings, Situation situation) {
        this.copier = copier;
        this.settings = settings;
        this.situation = situation;
        this.throttle = new Throttle(settings.rowsPerSecond());
        this.running = new CountDownLatch(settings.workers());
        for (int i = 1; i <= settings.workers(); i++) {
            threads.add(Daemon.thread(this::run, "copy-" + migration + "-" + i));
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** How far the copy of all processes is, as it was when this one last copied something. */
    public CopyProgress progress() {
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

    /** Ends after the chunks under way; a copy that is started again goes on there. */
    public void stop() {
        stop.countDown();
    }

    private void run() {
        try {
            new CopyWorker(copier, settings, situation, throttle, stop, this::lookAt, why -> problem = why).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.countDown();
            LOG.info("gray: {}: a worker of the copy ended: {}", copier, progress);
        }
    }

    private void lookAt(Job job) {
        progress = CopyProgress.of(job);
    }
}
