package io.grayrelease.benchmarks.data;

import org.jspecify.annotations.Nullable;

/**
 * A write that a service began.
 *
 * @param outcome null if nobody knows whether it was committed
 * @param ended when it was known to be committed; never, if nobody knows
 */
record LoggedWrite(Kind kind, long key, long revision, long began, @Nullable Outcome outcome, long ended) {
    static final long NEVER = Long.MAX_VALUE;

    /** Which version of the service writes what. */
    enum Kind {
        OLD_UPSERT,
        NEW_UPSERT,
        DELETE
    }

    boolean isAcknowledged() {
        return outcome != null;
    }

    boolean changesRow() {
        return outcome != Outcome.NOTHING;
    }

    /** What it may leave in the column that only the new version writes; null if it leaves that as it is. */
    @Nullable
    Long newRevision() {
        if (kind == Kind.NEW_UPSERT) {
            return revision;
        }
        // An old version's insert, and what comes after a delete, has the default.
        return outcome == Outcome.UPDATED ? null : 0L;
    }
}
