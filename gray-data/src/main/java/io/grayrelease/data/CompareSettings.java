package io.grayrelease.data;

import java.time.Duration;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** How a comparison runs in one process. Immutable. */
public final class CompareSettings {
    /**
     * One worker, chunks of 50,000 rows, as fast as they go, no repair; a row that is written all the time is looked at for 10 s, and
     * after 10,000 differences the comparison ends; what a worker that is gone had claimed is claimed again after 60 s.
     */
    public static final CompareSettings DEFAULTS = new CompareSettings(
            1, 50_000, Integer.MAX_VALUE, false, 10_000, Duration.ofSeconds(10), Duration.ofSeconds(60), null);

    private static final int MOST_ROWS = 200_000;
    private static final int MOST_WORKERS = 32;

    private final int workers;
    private final int chunkRows;
    private final int rowsPerSecond;
    private final boolean repair;
    private final int mostDifferences;
    private final Duration settleLimit;
    private final Duration lease;
    private final @Nullable Predicate<Row> extras;

    private CompareSettings(
            int workers,
            int chunkRows,
            int rowsPerSecond,
            boolean repair,
            int mostDifferences,
            Duration settleLimit,
            Duration lease,
            @Nullable Predicate<Row> extras) {
        this.workers = workers;
        this.chunkRows = chunkRows;
        this.rowsPerSecond = rowsPerSecond;
        this.repair = repair;
        this.mostDifferences = mostDifferences;
        this.settleLimit = settleLimit;
        this.lease = lease;
        this.extras = extras;
    }

    /** Compares with so many threads, 1 to 32; each takes a connection of both stores at a time. */
    public CompareSettings workers(int threads) {
        return new CompareSettings(
                between(1, MOST_WORKERS, threads),
                chunkRows,
                rowsPerSecond,
                repair,
                mostDifferences,
                settleLimit,
                lease,
                extras);
    }

    /** Takes the checksums of so many rows at a time, 1 to 200,000. */
    public CompareSettings chunkRows(int rows) {
        return new CompareSettings(
                workers,
                between(1, MOST_ROWS, rows),
                rowsPerSecond,
                repair,
                mostDifferences,
                settleLimit,
                lease,
                extras);
    }

    /** Compares no faster than this in this process, on average. */
    public CompareSettings rowsPerSecond(int rows) {
        return new CompareSettings(
                workers,
                chunkRows,
                between(1, Integer.MAX_VALUE, rows),
                repair,
                mostDifferences,
                settleLimit,
                lease,
                extras);
    }

    /** Whether rows that differ are brought over again, as the primary store has them. */
    public CompareSettings repair(boolean brings) {
        return new CompareSettings(
                workers, chunkRows, rowsPerSecond, brings, mostDifferences, settleLimit, lease, extras);
    }

    /** Ends after so many differences that are not repaired, 1 to a million: then something else is wrong. */
    public CompareSettings mostDifferences(int rows) {
        return new CompareSettings(
                workers, chunkRows, rowsPerSecond, repair, between(1, 1_000_000, rows), settleLimit, lease, extras);
    }

    /** How long a row that differs is looked at again while its writes are on their way, 1 ms to 10 min. */
    public CompareSettings settleLimit(Duration time) {
        return new CompareSettings(
                workers, chunkRows, rowsPerSecond, repair, mostDifferences, between(1, time), lease, extras);
    }

    /** After what time others take over what a worker has claimed and not done, 10 ms to 10 min. */
    public CompareSettings lease(Duration time) {
        return new CompareSettings(
                workers, chunkRows, rowsPerSecond, repair, mostDifferences, settleLimit, between(10, time), extras);
    }

    /** What must hold of each row of the new store, in all its columns; a row of which it does not is a difference. */
    public CompareSettings extras(Predicate<Row> holds) {
        return new CompareSettings(
                workers, chunkRows, rowsPerSecond, repair, mostDifferences, settleLimit, lease, holds);
    }

    int workers() {
        return workers;
    }

    int chunkRows() {
        return chunkRows;
    }

    int rowsPerSecond() {
        return rowsPerSecond;
    }

    boolean repair() {
        return repair;
    }

    int mostDifferences() {
        return mostDifferences;
    }

    Duration settleLimit() {
        return settleLimit;
    }

    Duration lease() {
        return lease;
    }

    @Nullable
    Predicate<Row> extras() {
        return extras;
    }

    private static Duration between(int leastMillis, Duration time) {
        return Duration.ofMillis(between(leastMillis, 600_000, Math.toIntExact(time.toMillis())));
    }

    private static int between(int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("found " + value + ", expected " + least + " to " + most);
        }
        return value;
    }
}
