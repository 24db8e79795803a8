package io.grayrelease.benchmarks.data;

/**
 * A row as it is in a store.
 *
 * @param shared the columns of both stores, as one text
 * @param newRevision 0 in the old store
 */
record State(long id, long revision, String shared, long newRevision) {}
