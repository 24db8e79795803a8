package io.grayrelease.data;

import java.sql.SQLTimeoutException;
import java.time.Duration;

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

    /** @throws SQLTimeoutException if it is over before this */
    void check(String done) throws SQLTimeoutException {
        if (System.nanoTime() - endNanos > 0) {
            throw new SQLTimeoutException(limit.toMillis() + " ms were over before " + done);
        }
    }
}
