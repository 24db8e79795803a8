package io.grayrelease.data;

/** How a copy runs. Immutable. */
public final class CopySettings {
    /** Chunks of 2,000 rows, as fast as they go, waiting while more than 5,000 events wait in the outbox. */
    public static final CopySettings DEFAULTS = new CopySettings(2_000, Integer.MAX_VALUE, 5_000);

    private final int chunkRows;
    private final int rowsPerSecond;
    private final int mostWaiting;

    private CopySettings(int chunkRows, int rowsPerSecond, int mostWaiting) {
        this.chunkRows = chunkRows;
        this.rowsPerSecond = rowsPerSecond;
        this.mostWaiting = mostWaiting;
    }

    /** Copies so many rows in one transaction, 1 to 10,000. */
    public CopySettings chunkRows(int rows) {
        return new CopySettings(between(1, 10_000, rows), rowsPerSecond, mostWaiting);
    }

    /** Copies no faster than this, on average. */
    public CopySettings rowsPerSecond(int rows) {
        return new CopySettings(chunkRows, between(1, Integer.MAX_VALUE, rows), mostWaiting);
    }

    /** Waits while more events than this wait in the outbox, 1 to 9,999. */
    public CopySettings mostWaiting(int events) {
        return new CopySettings(chunkRows, rowsPerSecond, between(1, Backlog.COUNTED - 1, events));
    }

    int chunkRows() {
        return chunkRows;
    }

    int rowsPerSecond() {
        return rowsPerSecond;
    }

    int mostWaiting() {
        return mostWaiting;
    }

    private static int between(int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("found " + value + ", expected " + least + " to " + most);
        }
        return value;
    }
}
