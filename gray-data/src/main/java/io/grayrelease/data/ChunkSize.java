package io.grayrelease.data;

/** How many rows a worker takes at a time: as many as the time of a chunk has room for, by the last chunk. For one thread. */
final class ChunkSize {
    private static final int FIRST_ROWS = 1_000;

    private final int least;
    private final int most;
    private final long targetNanos;
    private int rows;

    ChunkSize(CopySettings settings) {
        this.least = settings.leastRows();
        // Under a limit, no more than a second's rows: it would pause for long after each chunk.
        this.most = Math.max(least, Math.min(settings.mostRows(), settings.rowsPerSecond()));
        this.targetNanos = settings.chunkTime().toNanos();
        this.rows = bounded(FIRST_ROWS);
    }

    int rows() {
        return rows;
    }

    /** At most double and at least half of before: one slow chunk says little. */
    void took(int read, long nanos) {
        double fits = read * ((double) targetNanos / Math.max(1, nanos));
        rows = bounded((int) Math.min(2.0 * rows, Math.max(rows / 2.0, fits)));
    }

    /** After a failure, which too many rows may be the reason of. */
    void failed() {
        rows = bounded(rows / 2);
    }

    private int bounded(int wanted) {
        return Math.max(least, Math.min(most, wanted));
    }
}
