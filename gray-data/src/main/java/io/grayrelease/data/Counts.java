package io.grayrelease.data;

import java.util.concurrent.atomic.LongAdder;

/** What a migration did in this process, since it started. Thread-safe. */
public final class Counts {
    final LongAdder captured = new LongAdder();
    final LongAdder relayed = new LongAdder();
    final LongAdder pastQueue = new LongAdder();
    final LongAdder relayFailed = new LongAdder();
    final LongAdder applied = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder dead = new LongAdder();
    final LongAdder immediateFailed = new LongAdder();
    final LongAdder immediateSkipped = new LongAdder();
    final LongAdder readFallbacks = new LongAdder();

    Counts() {}

    /** Writes that left an event. */
    public long captured() {
        return captured.sum();
    }

    /** Events sent to the queue, or without one brought over from the outbox. */
    public long relayed() {
        return relayed.sum();
    }

    /** Events that a queue had not brought over in its time, and that were brought past it. */
    public long pastQueue() {
        return pastQueue.sum();
    }

    /** Batches that could not be sent, and were or are tried again. */
    public long relayFailed() {
        return relayFailed.sum();
    }

    /** Rows that events changed in the other store. */
    public long applied() {
        return applied.sum();
    }

    /** Rows for which the other store had the same or a newer version already. */
    public long stale() {
        return stale.sum();
    }

    /** Events that became dead letters. */
    public long dead() {
        return dead.sum();
    }

    /** Immediate applies that failed or took longer than their limit; the relay brings their events. */
    public long immediateFailed() {
        return immediateFailed.sum();
    }

    /** Immediate applies not tried, since those before failed; the relay brings their events. */
    public long immediateSkipped() {
        return immediateSkipped.sum();
    }

    /** Reads meant for the new store that the old one answered. */
    public long readFallbacks() {
        return readFallbacks.sum();
    }
}
