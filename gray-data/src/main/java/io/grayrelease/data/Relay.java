package io.grayrelease.data;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the outbox: takes, sends, and only then removes, in one transaction. Relays of several processes run side by
 * side. Nobody waits for it.
 */
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BATCH = 200;
    private static final long IDLE_MILLIS = 100;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final DataSource primary;
    private final Outbox outbox;
    private final Carrier carrier;
    private final Counts counts;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    Relay(String migration, DataSource primary, Carrier carrier, Counts counts) {
        this.primary = primary;
        this.outbox = new Outbox(migration);
        this.carrier = carrier;
        this.counts = counts;
        this.thread = new Thread(this::run, "gray-data-relay-" + migration);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Tells that something was committed; else the relay looks by itself ten times a second, for other processes write too. */
    void wake() {
        woken.release();
    }

    /** Sends one batch, and says how many events that were. */
    int once() throws SQLException {
        return Sql.own(primary, connection -> {
            List<Event> events = outbox.take(connection, BATCH);
            if (!events.isEmpty()) {
                send(events);
                outbox.remove(connection, events);
                counts.relayed.add(events.size());
            }
            return events.size();
        });
    }

    private void send(List<Event> events) throws SQLException {
        try {
            carrier.send(events);
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the relay ends", e);
        } catch (Exception e) {
            throw new SQLException("events were not sent", e);
        }
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!closed) {
            try {
                pause(once() == BATCH ? 0 : IDLE_MILLIS);
                pause = FIRST_PAUSE_MILLIS;
            } catch (SQLException | RuntimeException e) {
                counts.relayFailed.increment();
                LOG.warn("gray: events wait in the outbox, tried again in {} ms: {}", pause, e.toString());
                pauseAsleep(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
            }
        }
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
