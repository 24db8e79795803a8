package io.grayrelease.benchmarks.data;

import java.sql.SQLException;

/** One way in which a service writes items; each write is a transaction. Thread-safe. */
interface ItemWriter extends AutoCloseable {
    /** Writes over the item with its id, or inserts it if there is none. */
    Outcome upsert(Item item) throws SQLException;

    Outcome delete(long id) throws SQLException;

    @Override
    default void close() {}
}
