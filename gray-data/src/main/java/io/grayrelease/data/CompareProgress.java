package io.grayrelease.data;

import java.time.Duration;
import java.util.Optional;

/** How far a comparison is, over all processes. Immutable. */
public final class CompareProgress {
    static final CompareProgress NONE = new CompareProgress(0, 0, false, 0, 0, 0);

    private final long rows;
    private final long rowsTotal;
    private final boolean done;
    private final double rowsPerSecond;
    private final long found;
    private final long differences;

    CompareProgress(long rows, long rowsTotal, boolean done, double rowsPerSecond, long found, long differences) {
        this.rows = rows;
        this.rowsTotal = rowsTotal;
        this.done = done;
        this.rowsPerSecond = rowsPerSecond;
        this.found = found;
        this.differences = differences;
    }

    /** Rows compared; where the stores order texts differently, those of both stores, one after the other. */
    public long rows() {
        return rows;
    }

    /** Rows to compare, by the statistics of the databases: an estimate until it is done. */
    public long rowsTotal() {
        return rowsTotal;
    }

    public boolean isDone() {
        return done;
    }

    /** Rows compared per second by all processes, over the last seconds in which any were. */
    public double rowsPerSecond() {
        return rowsPerSecond;
    }

    /** Differences that were confirmed, repaired since or not. */
    public long found() {
        return found;
    }

    /** Confirmed differences that are not repaired. */
    public long differences() {
        return differences;
    }

    /** How long the rest takes at this rate, if a rate is known: an estimate. */
    public Optional<Duration> timeLeft() {
        return TimeLeft.of(done, rowsTotal - rows, rowsPerSecond);
    }

    @Override
    public String toString() {
        return rows + " of about " + rowsTotal + " rows compared, " + Math.round(rowsPerSecond) + " rows/s, "
                + differences + " differ"
                + TimeLeft.words(done, timeLeft());
    }
}
