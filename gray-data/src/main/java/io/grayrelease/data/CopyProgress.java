package io.grayrelease.data;

/** How far a copy is, over all runs of it. Immutable. */
public final class CopyProgress {
    private final long rowsRead;
    private final long rowsWritten;
    private final boolean done;
    private final double rowsPerSecond;

    CopyProgress(long rowsRead, long rowsWritten, boolean done, double rowsPerSecond) {
        this.rowsRead = rowsRead;
        this.rowsWritten = rowsWritten;
        this.done = done;
        this.rowsPerSecond = rowsPerSecond;
    }

    /** Rows read from the old store. */
    public long rowsRead() {
        return rowsRead;
    }

    /** Rows of these that were written; the others an event had reached before. */
    public long rowsWritten() {
        return rowsWritten;
    }

    public boolean isDone() {
        return done;
    }

    /** Rows read per second, since this process goes on with the copy. */
    public double rowsPerSecond() {
        return rowsPerSecond;
    }

    @Override
    public String toString() {
        return rowsRead + " rows read, " + rowsWritten + " written, " + Math.round(rowsPerSecond) + " rows/s"
                + (done ? ", done" : "");
    }
}
