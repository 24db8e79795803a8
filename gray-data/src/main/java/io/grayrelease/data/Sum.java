package io.grayrelease.data;

/** How many rows a range has, and the sum of their hashes. Immutable. */
final class Sum {
    final long rows;
    final long hash;

    Sum(long rows, long hash) {
        this.rows = rows;
        this.hash = hash;
    }

    boolean isAs(Sum other) {
        return rows == other.rows && hash == other.hash;
    }
}
