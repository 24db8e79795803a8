package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** One way between the two stores: what the one left in its outbox as primary is brought to the other. Thread-safe. */
final class Direction {
    private final MigrationBuilder<?, ?> settings;
    private final Route route;
    private final Store from;
    private final Store to;
    private final PrimaryRows rows;
    private final Outbox outbox;
    private final Applier applier;
    private final Immediate immediate;
    private final DeadLetterRound deadLetters;
    private final Counts counts;
    private boolean closed;
    private volatile @Nullable Delivery delivery;

    Direction(MigrationBuilder<?, ?> settings, Route route, Store from, Store to, Counts counts) {
        Table table = settings.mapper.table();
        this.settings = settings;
        this.route = route;
        this.from = from;
        this.to = to;
        this.rows = new PrimaryRows(settings.name, from, table);
        this.outbox = new Outbox(settings.name);
        this.applier = new Applier(settings.name, to, table, counts);
        this.immediate = new Immediate(applier, settings.immediateLimit, counts);
        this.deadLetters = new DeadLetterRound(settings.name, applier, settings.deadLettersEvery);
        this.counts = counts;
    }

    /** Starts its threads, once. */
    void start() {
        if (delivery == null) {
            startOnce();
        }
    }

    private synchronized void startOnce() {
        if (delivery == null && !closed) {
            Delivery started = new Delivery(route, from, applier, settings.carrier, settings.queueLimit, counts);
            delivery = started;
            started.start();
            deadLetters.start();
        }
    }

    /** Tells that events were committed. */
    void wake() {
        Delivery started = delivery;
        if (started != null) {
            started.wake();
        }
    }

    /** Brings over what is in the outbox, past the queue, until it is empty. */
    void drain(Duration limit) throws SQLException {
        Delivery started = delivery;
        if (started == null) {
            throw new IllegalStateException(route + ": found no delivery started, expected one");
        }
        started.drain(limit);
    }

    String migration() {
        return settings.name;
    }

    Store from() {
        return from;
    }

    Store to() {
        return to;
    }

    /** The rows of the store that orders writes in this direction. */
    PrimaryRows rows() {
        return rows;
    }

    Outbox outbox() {
        return outbox;
    }

    Applier applier() {
        return applier;
    }

    Immediate immediate() {
        return immediate;
    }

    /** Ends its threads, for good. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Delivery started = delivery;
        if (started != null) {
            started.close();
        }
        deadLetters.close();
        immediate.close();
    }
}
