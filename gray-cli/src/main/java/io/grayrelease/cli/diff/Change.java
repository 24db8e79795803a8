package io.grayrelease.cli.diff;

/**
 * One difference between two policies.
 *
 * @param what the statement, such as {@code rule testers}
 * @param words what is different about it
 */
record Change(Kind kind, String what, String words) {
    enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }
}
