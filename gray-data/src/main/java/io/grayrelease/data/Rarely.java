package io.grayrelease.data;

import java.util.concurrent.atomic.AtomicLong;

/** Allows something at most once in ten seconds, as a log needs it. Thread-safe. */
final class Rarely {
    private static final long NANOS = 10_000_000_000L;

    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    boolean isTime() {
        long now = System.nanoTime();
        long next = nextNanos.get();
        return now - next >= 0 && nextNanos.compareAndSet(next, now + NANOS);
    }
}
