package io.grayrelease.data;

import java.time.Duration;

/** How a copy runs in one process. Immutable. */
public final class CopySettings {
    /**
     * One worker, transactions of 100 to 20,000 rows that take about half a second, as fast as they go, waiting while more than 5,000
     * events wait in the outbox; what a worker that is gone had claimed is claimed again after 30 s.
     */
    public static final CopySettings DEFAULTS =
            new CopySettings(1, 100, 20_000, Duration.ofMillis(500), Integer.MAX_VALUE, 5_000, Duration.ofSeconds(30));

    private static final int MOST_ROWS = 50_000;
    private static final int MOST_WORKERS = 32;

    private final int workers;
    private final int leastRows;
    private final int mostRows;
    private final Duration chunkTime;
    private final int rowsPerSecond;
    private final int mostWaiting;
    private final Duration lease;

    private CopySettings(
            int workers,
            int leastRows,
            int mostRows,
            Duration chunkTime,
            int rowsPerSecond,
            int mostWaiting,
            Duration lease) {
        this.workers = workers;
        this.leastRows = leastRows;
        this.mostRows = mostRows;
        this.chunkTime = chunkTime;
        this.rowsPerSecond = rowsPerSecond;
        this.mostWaiting = mostWaiting;
        this.lease = lease;
    }

    /** Copies with so many threads, 1 to 32; each takes a connection of one store or the other, and at times a second one. */
    public CopySettings workers(int threads) {
        int checked = between(1, MOST_WORKERS, threads);
        return new CopySettings(checked, leastRows, mostRows, chunkTime, rowsPerSecond, mostWaiting, lease);
    }

    /** Copies so many rows in one transaction, 1 to 50,000, however long it takes. */
    public CopySettings chunkRows(int rows) {
        return chunkRows(rows, rows);
    }

    /** Copies at least and at most so many rows in one transaction, 1 to 50,000: as many as {@link #chunkTime} has room for. */
    public CopySettings chunkRows(int least, int most) {
        int low = between(1, MOST_ROWS, least);
        int high = between(low, MOST_ROWS, most);
        return new CopySettings(workers, low, high, chunkTime, rowsPerSecond, mostWaiting, lease);
    }

    /** How long a chunk shall take, 1 ms to 10 s: an event of a row that is being copied waits as long at most. */
    public CopySettings chunkTime(Duration time) {
        Duration checked = Duration.ofMillis(between(1, 10_000, Math.toIntExact(time.toMillis())));
        return new CopySettings(workers, leastRows, mostRows, checked, rowsPerSecond, mostWaiting, lease);
    }

    /** Copies no faster than this in this process, on average. */
    public CopySettings rowsPerSecond(int rows) {
        int checked = between(1, Integer.MAX_VALUE, rows);
        return new CopySettings(workers, leastRows, mostRows, chunkTime, checked, mostWaiting, lease);
    }

    /** Waits while more events than this wait in the outbox, 1 to 9,999. */
    public CopySettings mostWaiting(int events) {
        int checked = between(1, Backlog.COUNTED - 1, events);
        return new CopySettings(workers, leastRows, mostRows, chunkTime, rowsPerSecond, checked, lease);
    }

    /** After what time others take over what a worker has claimed and not done, 10 ms to 10 min. */
    public CopySettings lease(Duration time) {
        Duration checked = Duration.ofMillis(between(10, 600_000, Math.toIntExact(time.toMillis())));
        return new CopySettings(workers, leastRows, mostRows, chunkTime, rowsPerSecond, mostWaiting, checked);
    }

    int workers() {
        return workers;
    }

    int leastRows() {
        return leastRows;
    }

    int mostRows() {
        return mostRows;
    }

    Duration chunkTime() {
        return chunkTime;
    }

    int rowsPerSecond() {
        return rowsPerSecond;
    }

    int mostWaiting() {
        return mostWaiting;
    }

    Duration lease() {
        return lease;
    }

    private static int between(int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("found " + value + ", expected " + least + " to " + most);
        }
        return value;
    }
}
