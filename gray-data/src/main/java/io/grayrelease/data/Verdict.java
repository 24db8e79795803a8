package io.grayrelease.data;

import org.jspecify.annotations.Nullable;

/** What one look at a row of both stores says. Immutable. */
final class Verdict {
    private final boolean equal;
    private final long version;
    private final @Nullable Difference difference;

    private Verdict(boolean equal, long version, @Nullable Difference difference) {
        this.equal = equal;
        this.version = version;
        this.difference = difference;
    }

    static Verdict equal(long version) {
        return new Verdict(true, version, null);
    }

    /** They differ, and so they may: a write is on its way. */
    static Verdict moving(long version) {
        return new Verdict(false, version, null);
    }

    static Verdict of(long version, Difference difference) {
        return new Verdict(false, version, difference);
    }

    boolean isEqual() {
        return equal;
    }

    /** The version of the row in the other store, when it was looked at. */
    long version() {
        return version;
    }

    /** What differs and is not on its way, or null. */
    @Nullable
    Difference difference() {
        return difference;
    }
}
