package io.grayrelease.data;

import org.jspecify.annotations.Nullable;

/** What one look at a row of both stores says. Immutable. */
final class Verdict {
    static final Verdict EQUAL = new Verdict(null);
    /** They differ, and so they may: a write is on its way. */
    static final Verdict MOVING = new Verdict(null);

    private final @Nullable Difference difference;

    private Verdict(@Nullable Difference difference) {
        this.difference = difference;
    }

    static Verdict of(Difference difference) {
        return new Verdict(difference);
    }

    /** What differs and is not on its way, or null. */
    @Nullable
    Difference difference() {
        return difference;
    }
}
