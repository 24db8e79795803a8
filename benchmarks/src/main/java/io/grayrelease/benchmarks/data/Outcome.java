package io.grayrelease.benchmarks.data;

/** What a committed write did in the store that orders writes. */
enum Outcome {
    INSERTED,
    UPDATED,
    DELETED,
    /** There was no row to delete. */
    NOTHING
}
