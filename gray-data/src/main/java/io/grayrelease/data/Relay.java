package io.grayrelease.data;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that runs rounds: when something was committed, and at times by itself. Nobody waits for it. */
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long IDLE_MILLIS = 100;
    // One by one, events cost the databases several times as much as some together, which the service's writes feel.
    private static final long GATHER_MILLIS = 10;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final Route route;
    private final Round round;
    private final Counts counts;
    private final Rarely rarely = new Rarely();
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private long pause = FIRST_PAUSE_MILLIS;
    private int batch = Round.BATCH;

    Relay(Route route, Round round, Counts counts) {
        this.route = route;
        this.round = round;
        this.counts = counts;
        this.thread = Daemon.thread(this::run, "relay-" + route);
    }

    void start() {
        thread.start();
    }

    /** Tells that something was committed; else the relay looks by itself ten times a second, for other processes write too. */
    void wake() {
        woken.release();
    }

    private void run() {
        while (!closed) {
            try {
                boolean more = round.once(batch) >= batch;
                succeeded();
                if (!more) {
                    pauseAsleep(GATHER_MILLIS);
                    pause(IDLE_MILLIS);
                }
            } catch (Throwable e) {
                // Errors too: without this thread nothing is brought over any more.
                failed(e);
            }
        }
    }

    private void succeeded() {
        pause = FIRST_PAUSE_MILLIS;
        batch = Math.min(Round.BATCH, 2 * batch);
    }

    /** Tries fewer events: all of them may be too large together, and the fewer there are, the fewer does one at fault hold up. */
    private void failed(Throwable failure) {
        counts.relayFailed.increment();
        batch = Math.max(1, batch / 2);
        try {
            if (rarely.isTime()) {
                LOG.warn(
                        "gray: {}: events for {} wait, tried again in {} ms: {}",
                        route.migration(),
                        route.to(),
                        pause,
                        FaultWords.of(failure));
            }
        } catch (OutOfMemoryError e) {
            // It is counted, and there is no memory to say more.
        }
        pauseAsleep(pause);
        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
    }

    private void pause(long millis) {
        try {
            if (woken.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** A store that is away is not asked more often because there are many writes. */
    private void pauseAsleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Ends after the batch under way, and waits a moment for that. */
    void close() {
        closed = true;
        wake();
        try {
            thread.join(LONGEST_PAUSE_MILLIS);
            thread.interrupt();
            thread.join(LONGEST_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
