package io.grayrelease.data;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many rows have one checksum: all of a chunk where nothing differs, and few where much is written, for in many there always is
 * one under way, and all of them are read again for it. Parts that differ halve it, and those that do not let it grow by an eighth:
 * about one part in six differs then. Thread-safe.
 */
final class PartSize {
    private final int least;
    private final int most;
    private final AtomicInteger rows;

    PartSize(int least, int most) {
        this.least = Math.min(least, most);
        this.most = most;
        this.rows = new AtomicInteger(most);
    }

    int rows() {
        return rows.get();
    }

    boolean isWhole() {
        return rows() == most;
    }

    void found(boolean differs) {
        rows.updateAndGet(now -> differs ? Math.max(least, now / 2) : Math.min(most, now + now / 8 + 1));
    }
}
