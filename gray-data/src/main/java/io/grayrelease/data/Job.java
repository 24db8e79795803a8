package io.grayrelease.data;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** How far a job is, over all its workers; all moments are of the database's clock. Immutable. */
final class Job {
    private static final long PACE_MILLIS = 5_000;

    final long run;
    final @Nullable Map<String, @Nullable String> lastKey;
    final boolean exhausted;
    final long chunks;
    final long rowsDone;
    final long rowsWritten;
    final long rowsTotal;
    final long startedMillis;
    final long finishedMillis;
    final Pace pace;

    Job(
            long run,
            @Nullable Map<String, @Nullable String> lastKey,
            boolean exhausted,
            long chunks,
            long rowsDone,
            long rowsWritten,
            long rowsTotal,
            long startedMillis,
            long finishedMillis,
            Pace pace) {
        this.run = run;
        this.lastKey = lastKey;
        this.exhausted = exhausted;
        this.chunks = chunks;
        this.rowsDone = rowsDone;
        this.rowsWritten = rowsWritten;
        this.rowsTotal = rowsTotal;
        this.startedMillis = startedMillis;
        this.finishedMillis = finishedMillis;
        this.pace = pace;
    }

    /** The rate of the last seconds: since when and since how many rows it is taken. Immutable. */
    static final class Pace {
        final long sinceMillis;
        final long sinceRows;
        final double rowsPerSecond;

        Pace(long sinceMillis, long sinceRows, double rowsPerSecond) {
            this.sinceMillis = sinceMillis;
            this.sinceRows = sinceRows;
            this.rowsPerSecond = rowsPerSecond;
        }

        private Pace at(long nowMillis, long rows) {
            long elapsed = nowMillis - sinceMillis;
            double rate = (rows - sinceRows) * 1_000.0 / Math.max(1, elapsed);
            if (elapsed >= PACE_MILLIS) {
                return new Pace(nowMillis, rows, rate);
            }
            return sinceRows == 0 || rowsPerSecond == 0 ? new Pace(sinceMillis, sinceRows, rate) : this;
        }

        /** Where nobody was at work for a while, the while does not count. */
        private Pace resumed(long nowMillis, long rows) {
            return nowMillis - sinceMillis > 4 * PACE_MILLIS ? new Pace(nowMillis, rows, 0) : this;
        }
    }

    static Job begun(long run, long rowsTotal, long nowMillis) {
        return new Job(run, null, false, 0, 0, 0, rowsTotal, nowMillis, 0, new Pace(nowMillis, 0, 0));
    }

    /** After one more chunk is claimed: up to a key, or all that is left. */
    Job claimed(@Nullable Map<String, @Nullable String> high, long nowMillis) {
        return new Job(
                run,
                high,
                high == null,
                chunks + 1,
                rowsDone,
                rowsWritten,
                rowsTotal,
                startedMillis,
                finishedMillis,
                pace.resumed(nowMillis, rowsDone));
    }

    /** After rows of a chunk are done. */
    Job counted(long done, long written, boolean chunksLeft, long nowMillis) {
        return new Job(
                run,
                lastKey,
                exhausted,
                chunks,
                rowsDone + done,
                rowsWritten + written,
                rowsTotal,
                startedMillis,
                exhausted && !chunksLeft ? nowMillis : 0,
                pace.at(nowMillis, rowsDone + done));
    }

    boolean isFinished() {
        return finishedMillis > 0;
    }
}
