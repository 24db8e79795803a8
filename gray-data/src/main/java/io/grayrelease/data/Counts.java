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
    final LongAdder fenced = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder immediateDone = new LongAdder();
    final LongAdder immediateFailed = new LongAdder();
    final LongAdder immediateSkipped = new LongAdder();
    final LongAdder readFallbacks = new LongAdder();

    final LongAdder shadowMatches = new LongAdder();
    final LongAdder shadowMismatches = new LongAdder();
    final LongAdder shadowMoving = new LongAdder();
    final LongAdder shadowErrors = new LongAdder();
    final LongAdder shadowDropped = new LongAdder();
    final LongAdder recentCompared = new LongAdder();
    final LongAdder recentMismatches = new LongAdder();

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

    /** Writes rolled back and run again, since another store or phase was the fact than this process knew. */
    public long fenced() {
        return fenced.sum();
    }

    /** Writes that failed, since no store took writes in time. */
    public long refused() {
        return refused.sum();
    }

    /** Immediate applies that brought the events of a write over in time. */
    public long immediateDone() {
        return immediateDone.sum();
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

    /** Shadow reads whose row is the same in both stores. */
    public long shadowMatches() {
        return shadowMatches.sum();
    }

    /** Shadow reads whose row differs, though no write of it is on its way. */
    public long shadowMismatches() {
        return shadowMismatches.sum();
    }

    /** Shadow reads of rows of which writes were on their way. */
    public long shadowMoving() {
        return shadowMoving.sum();
    }

    /** Shadow reads that failed. */
    public long shadowErrors() {
        return shadowErrors.sum();
    }

    /** Shadow reads that were not made, because too many were under way. */
    public long shadowDropped() {
        return shadowDropped.sum();
    }

    /** Rows written by this process that were compared afterwards. */
    public long recentCompared() {
        return recentCompared.sum();
    }

    /** Of these, rows that differ. */
    public long recentMismatches() {
        return recentMismatches.sum();
    }

    @Override
    public String toString() {
        return "captured " + captured
                + ", relayed " + relayed
                + ", past queue " + pastQueue
                + ", relay failed " + relayFailed
                + ", applied " + applied
                + ", stale " + stale
                + ", dead " + dead
                + ", fenced " + fenced
                + ", refused " + refused
                + ", immediate done " + immediateDone
                + ", immediate failed " + immediateFailed
                + ", immediate skipped " + immediateSkipped
                + ", read fallbacks " + readFallbacks
                + ", shadow matches " + shadowMatches
                + ", shadow mismatches " + shadowMismatches
                + ", shadow moving " + shadowMoving
                + ", shadow errors " + shadowErrors
                + ", shadow dropped " + shadowDropped
                + ", recent compared " + recentCompared
                + ", recent mismatches " + recentMismatches;
    }
}
