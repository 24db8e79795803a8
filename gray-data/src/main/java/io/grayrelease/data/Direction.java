package io.grayrelease.data;

import org.jspecify.annotations.Nullable;

/** One way between the two stores: what the one left in its outbox as primary is brought to the other. Thread-safe. */
final class Direction {
    private final MigrationBuilder<?, ?> settings;
    private final String name;
    private final Store from;
    private final Store to;
    private final PrimaryRows rows;
    private final Outbox outbox;
    private final Applier applier;
    private final Immediate immediate;
    private final DeadLetterRound deadLetters;
    private final Counts counts;
    private @Nullable Carrier carrier;
    private volatile @Nullable Relay relay;

    /** @param name what its carrier is opened by, another one for each direction */
    Direction(MigrationBuilder<?, ?> settings, String name, Store from, Store to, Counts counts) {
        Table table = settings.mapper.table();
        this.settings = settings;
        this.name = name;
        this.from = from;
        this.to = to;
        this.rows = new PrimaryRows(from, table);
        this.outbox = new Outbox(settings.name);
        this.applier = new Applier(settings.name, to, table, counts);
        this.immediate = new Immediate(applier, settings.immediateLimit, counts);
        this.deadLetters = new DeadLetterRound(settings.name, applier, settings.deadLettersEvery);
        this.counts = counts;
    }

    /** Starts its threads, once. */
    synchronized void start() {
        if (relay != null) {
            return;
        }
        Carrier opened = settings.carrier.open(name, applier);
        Relay started = new Relay(settings.name, from.source(), opened, counts);
        carrier = opened;
        relay = started;
        started.start();
        deadLetters.start();
    }

    /** Tells that events were committed. */
    void wake() {
        Relay started = relay;
        if (started != null) {
            started.wake();
        }
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

    synchronized void close() {
        Relay started = relay;
        if (started != null) {
            started.close();
        }
        deadLetters.close();
        if (carrier != null) {
            carrier.close();
        }
        immediate.close();
    }
}
