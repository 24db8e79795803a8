package io.grayrelease.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What the latest comparison found, by all processes that took part; moments are of the new store's clock. Immutable. */
public final class CompareReport {
    static final CompareReport NONE = new CompareReport(0, 0, 0, 0, 0, 0, Collections.emptyList());

    private final long run;
    private final long rows;
    private final long beganMillis;
    private final long finishedMillis;
    private final long found;
    private final long left;
    private final List<Difference> differences;

    CompareReport(
            long run,
            long rows,
            long beganMillis,
            long finishedMillis,
            long found,
            long left,
            List<Difference> differences) {
        this.run = run;
        this.rows = rows;
        this.beganMillis = beganMillis;
        this.finishedMillis = finishedMillis;
        this.found = found;
        this.left = left;
        this.differences = Collections.unmodifiableList(new ArrayList<>(differences));
    }

    /** Which comparison this is, from 1 on; 0 if there was none yet. */
    public long run() {
        return run;
    }

    /** Rows compared. */
    public long rows() {
        return rows;
    }

    /** When it began: what was written wrong after that, it need not have seen. */
    public Optional<Instant> began() {
        return moment(beganMillis);
    }

    /** When its last row was compared; empty while it runs, or if it was stopped. */
    public Optional<Instant> finished() {
        return moment(finishedMillis);
    }

    private static Optional<Instant> moment(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** Differences that were confirmed, repaired since or not. */
    public long found() {
        return found;
    }

    /** Differences that are not repaired, and rows of which nothing could be said. */
    public long left() {
        return left;
    }

    /** The first 1,000 of those left, by key. */
    public List<Difference> differences() {
        return differences;
    }

    /** Whether it compared all rows, and none differs any more: what a release needs to go on. */
    public boolean isClean() {
        return finishedMillis > 0 && left == 0;
    }

    @Override
    public String toString() {
        return "run " + run + ": " + rows + " rows, " + found + " differed, " + left + " left"
                + (finishedMillis > 0 ? "" : ", not finished");
    }
}
