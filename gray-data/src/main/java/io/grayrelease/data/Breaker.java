package io.grayrelease.data;

import java.util.function.LongSupplier;

/**
 * Whether it is worth trying: after some failures in a row nothing is tried for a while, then one try decides, and each failed
 * one doubles the while. Thread-safe.
 */
final class Breaker {
    private static final int FAILURES = 3;
    private static final long FIRST_NANOS = 500_000_000L;
    private static final long LONGEST_NANOS = 30_000_000_000L;

    private final LongSupplier nanoTime;
    private int failures;
    private boolean open;
    private long until;
    private long next = FIRST_NANOS;

    Breaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether to try now; who is told so reports what became of it. */
    synchronized boolean allows() {
        if (isOpen()) {
            return false;
        }
        if (open) {
            // The others wait while this one tries.
            openAgain();
        }
        return true;
    }

    /** Whether nothing is tried now; asks without trying. */
    synchronized boolean isOpen() {
        return open && nanoTime.getAsLong() - until < 0;
    }

    synchronized void succeeded() {
        failures = 0;
        open = false;
        next = FIRST_NANOS;
    }

    synchronized void failed() {
        failures++;
        if (!open && failures >= FAILURES) {
            openAgain();
        }
    }

    private void openAgain() {
        open = true;
        until = nanoTime.getAsLong() + next;
        next = Math.min(LONGEST_NANOS, 2 * next);
    }
}
