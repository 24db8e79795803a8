package io.grayrelease.data;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copy of the old table into the new one, in a thread of its own, throttled. Thread-safe. */
public final class Copy {
    private static final Logger LOG = LoggerFactory.getLogger(Copy.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long LOOK_MILLIS = 20;

    /** What a copy asks of its migration. */
    interface Situation {
        /** Waits until no write is under way that is not captured. */
        void awaitCapture() throws InterruptedException;

        boolean captures();

        int eventsWaiting() throws SQLException;
    }

    private final Copier copier;
    private final CopySettings settings;
    private final Situation situation;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile CopyProgress progress = new CopyProgress(0, 0, false, 0);

    Copy(String migration, Copier copier, CopySettings settings, Situation situation) {
        this.copier = copier;
        this.settings = settings;
        this.situation = situation;
        this.thread = new Thread(this::run, "gray-data-copy-" + migration);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** How far it is; as far as this process knows. */
    public CopyProgress progress() {
        return progress;
    }

    /** Waits until it is done or stopped, and says whether it is. */
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return ended.await(time, unit);
    }

    /** Ends after the chunk under way; a copy that is started again goes on there. */
    public void stop() {
        stop.countDown();
    }

    private void run() {
        try {
            situation.awaitCapture();
            copyAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
            LOG.info("gray: copy ended: {}", progress);
        }
    }

    private void copyAll() throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        Run run = new Run();
        while (!progress.isDone() && !stop.await(0, TimeUnit.MILLISECONDS)) {
            if (!situation.captures()) {
                LOG.warn("gray: copy stopped: writes are not captured any more");
                return;
            }
            try {
                run.chunk();
                pause = FIRST_PAUSE_MILLIS;
            } catch (SQLException | RuntimeException e) {
                LOG.warn("gray: copy waits, tried again in {} ms: {}", pause, e.toString());
                stop.await(pause, TimeUnit.MILLISECONDS);
                pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
            }
        }
    }

    /** One run of the copy in this process, of which the rate is told. */
    private final class Run {
        private final long startNanos = System.nanoTime();
        private long readBefore = -1;

        void chunk() throws SQLException, InterruptedException {
            if (readBefore < 0) {
                copier.begin();
                readBefore = copier.place().rowsRead;
            }
            if (situation.eventsWaiting() > settings.mostWaiting()) {
                stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
            CopyTable.Place place = copier.chunk(settings.chunkRows());
            long rows = place.rowsRead - readBefore;
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            progress = new CopyProgress(place.rowsRead, place.rowsWritten, place.done, rows / seconds);
            double ahead = (double) rows / settings.rowsPerSecond() - seconds;
            if (ahead > 0 && !place.done) {
                stop.await((long) (ahead * 1_000), TimeUnit.MILLISECONDS);
            }
        }
    }
}
