package io.grayrelease.data;

/** What goes over the whole table, chunk by chunk; its name is kept in the tables. */
enum JobKind {
    COPY,
    COMPARE,
    /** The comparison's second way, over the new store in its own order; only where the stores order keys differently. */
    EXTRA
}
