package io.grayrelease.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what happens in other processes. */
public final class Deadline {
    private static final long POLL_MILLIS = 50;

    private Deadline() {}

    /**
     * Returns as soon as a condition holds.
     *
     * @param what completes the sentence "waited ... seconds for"
     * @throws DemoException if it does not hold in time
     */
    public static void await(Duration atMost, String what, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new DemoException("waited " + atMost.toSeconds() + " seconds for " + what, null);
            }
            pause(POLL_MILLIS);
        }
    }

    public static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
    }
}
