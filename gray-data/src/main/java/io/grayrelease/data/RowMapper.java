package io.grayrelease.data;

/**
 * How keys and records of a service become rows, and rows records. Thread-safe.
 *
 * @param <K> what a record is found by
 * @param <R> a record
 */
public interface RowMapper<K, R> {
    /** The table; the same in the old and in the new version of a service, for either may bring the other's writes over. */
    Table table();

    /** The key's columns. */
    Row key(K key);

    /** All columns that both stores have, and either all columns that only the new one has, or, in the old version, none. */
    Row row(R record);

    /** A record, of all columns; those that only the new store has are defaults where the old one was read. */
    R record(Row row);
}
