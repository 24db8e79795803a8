package io.grayrelease.data;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The lock of a key under which a version is drawn where the lock of a row does not do: PostgreSQL does not wait for a row that
 * another transaction has inserted and not committed, so who finds none shares no lock with who inserts it. Kept until the
 * transaction ends.
 */
enum KeyLock {
    /** Of a row that others see: its own lock does. */
    NONE(""),
    /** Of a row that this transaction may have inserted. */
    SHARED("pg_advisory_xact_lock_shared"),
    /** Of a row that was not found: waits for all who may have inserted it and have drawn a version. */
    ALONE("pg_advisory_xact_lock");

    /** Keys share locks: a transaction of many rows must not fill the server's table of locks. */
    private static final int MOST = 512;

    private final String function;

    KeyLock(String function) {
        this.function = function;
    }

    /** Whether a database takes it: H2's fence lets one transaction at a time draw, and MariaDB and MySQL wait for rows unseen. */
    boolean isTaken(Dialect dialect) {
        return this != NONE && dialect == Dialect.POSTGRESQL;
    }

    /** A condition of a statement's rows: the lock is held before any of them gets a version. */
    String condition() {
        return function + "(?) IS NOT NULL";
    }

    void bind(PreparedStatement statement, int index, String migration, String key) throws SQLException {
        statement.setLong(index, ((long) migration.hashCode() << 32) | Math.floorMod(key.hashCode(), MOST));
    }
}
