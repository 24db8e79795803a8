package io.grayrelease.data;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** How far a copy is, over all processes and all runs of it. Immutable. */
public final class CopyProgress {
    static final CopyProgress NONE = new CopyProgress(0, 0, 0, false, 0);

    private final long rowsRead;
    private final long rowsWritten;
    private final long rowsTotal;
    private final boolean done;
    private final double rowsPerSecond;

    private CopyProgress(long rowsRead, long rowsWritten, long rowsTotal, boolean done, double rowsPerSecond) {
        this.rowsRead = rowsRead;
        this.rowsWritten = rowsWritten;
        this.rowsTotal = rowsTotal;
        this.done = done;
        this.rowsPerSecond = rowsPerSecond;
    }

    static CopyProgress of(@Nullable Job job) {
        if (job == null) {
            return NONE;
        }
        long total = job.isFinished() ? job.rowsDone : Math.max(job.rowsDone, job.rowsTotal);
        return new CopyProgress(job.rowsDone, job.rowsWritten, total, job.isFinished(), job.pace.rowsPerSecond);
    }

    /** Rows read from the old store. */
    public long rowsRead() {
        return rowsRead;
    }

    /** Rows of these that were written; the others an event had reached before. */
    public long rowsWritten() {
        return rowsWritten;
    }

    /** Rows to read, by the statistics of the old store at the begin of the copy: an estimate until it is done. */
    public long rowsTotal() {
        return rowsTotal;
    }

    public boolean isDone() {
        return done;
    }

    /** Rows read per second by all processes, over the last seconds in which any were. */
    public double rowsPerSecond() {
        return rowsPerSecond;
    }

    /** How long the rest takes at this rate, if a rate is known: an estimate. */
    public Optional<Duration> timeLeft() {
        return TimeLeft.of(done, rowsTotal - rowsRead, rowsPerSecond);
    }

    @Override
    public String toString() {
        return rowsRead + " of about " + rowsTotal + " rows read, " + rowsWritten + " written, "
                + Math.round(rowsPerSecond) + " rows/s"
                + TimeLeft.words(done, timeLeft());
    }
}
