package io.grayrelease.data;

import java.sql.SQLException;
import java.util.Collection;

/**
 * How writes that do not go through {@link Migration#write} get into the outbox: an engine that reads the log of the store that
 * orders writes, or a table that triggers write, tells of them here. Thread-safe.
 *
 * @param <K> what a record is found by
 */
public interface Capture<K> {
    /**
     * Tells that rows were inserted, changed or deleted, after that was committed, by whomever: by {@link Migration#write} too, for a
     * row that is found missing may be one that is about to be inserted there, of which the log then tells once more. What the rows hold is read here, under their
     * locks: so keys may come late, in any order and more than once, and beside writes that leave their own events; their places in
     * the log say nothing. Once it has returned, the keys need not come again.
     *
     * @throws SQLException of the store; then no key of these is told of, and all must come again
     */
    void changed(Collection<K> keys) throws SQLException;
}
