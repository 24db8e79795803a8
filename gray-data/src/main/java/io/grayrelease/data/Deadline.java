package io.grayrelease.data;

import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When something must have ended. Immutable. */
final class Deadline {
    private final Duration limit;
    private final long endNanos;

    private Deadline(Duration limit) {
        this.limit = limit;
        this.endNanos = System.nanoTime() + limit.toNanos();
    }

    static Deadline in(Duration limit) {
        return new Deadline(limit);
    }

    /** What is left of it, in whole seconds, as databases take them; one at least. */
    int leftSeconds() {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(endNanos - System.nanoTime()));
    }

    /** @throws SQLTimeoutException if it is over before this */
    void check(String done) throws SQLTimeoutException {
        if (System.nanoTime() - endNanos > 0) {
            throw new SQLTimeoutException(limit.toMillis() + " ms were over before " + done);
        }
    }
}
