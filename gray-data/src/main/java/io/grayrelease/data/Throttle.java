package io.grayrelease.data;

import java.util.concurrent.TimeUnit;

/** Spreads rows over time, over all threads that ask it. Thread-safe. */
final class Throttle {
    private final double rowsPerNano;
    private long freeAtNanos = System.nanoTime();

    Throttle(int rowsPerSecond) {
        this.rowsPerNano = rowsPerSecond / 1e9;
    }

    /** Takes up the time of some rows, and says for how many milliseconds whoever read them must wait before the next. */
    synchronized long rows(int read) {
        long now = System.nanoTime();
        freeAtNanos = Math.max(freeAtNanos, now) + (long) (read / rowsPerNano);
        return TimeUnit.NANOSECONDS.toMillis(freeAtNanos - now);
    }
}
