package io.grayrelease.cli.diff;

import org.jspecify.annotations.Nullable;

/**
 * One difference between two policies.
 *
 * @param what the statement, such as {@code rule testers}
 * @param was its words before; null if it is new, or if a note tells more
 * @param is its words after; null if it is gone, or if a note tells more
 * @param note what is different, where old and new words would not show it
 */
record Change(Kind kind, String what, @Nullable String was, @Nullable String is, @Nullable String note) {
    enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    static Change added(String what, String is) {
        return new Change(Kind.ADDED, what, null, is, null);
    }

    static Change removed(String what, String was) {
        return new Change(Kind.REMOVED, what, was, null, null);
    }

    static Change changed(String what, String was, String is) {
        return new Change(Kind.CHANGED, what, was, is, null);
    }

    static Change noted(String what, String note) {
        return new Change(Kind.CHANGED, what, null, null, note);
    }
}
