package io.grayrelease.data;

/** What goes over the whole table, chunk by chunk; its name is kept in the tables. */
enum JobKind {
    COPY,
    COMPARE
}
