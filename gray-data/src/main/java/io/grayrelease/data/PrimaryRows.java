package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes rows of the store that orders writes. What a write returns is the row as the database has it, read under the
 * row's lock: defaults, triggers and rounding are in it, and no other write is between it and the version that is drawn next.
 */
final class PrimaryRows {
    private final Store store;
    private final List<String> key;
    private final List<String> columns;
    private final List<String> others;

    PrimaryRows(Store store, Table table) {
        this.store = store;
        this.key = table.key();
        this.columns = store.columns();
        this.others = new ArrayList<>(columns.subList(key.size(), columns.size()));
    }

    Map<String, @Nullable String> insert(Connection connection, Map<String, @Nullable String> row) throws SQLException {
        String sql = "INSERT INTO " + store.table() + " (" + Sql.list(columns) + ") VALUES ("
                + Sql.marks(columns.size()) + ")";
        Map<String, @Nullable String> written = write(connection, sql, columns, row);
        if (written == null) {
            throw new SQLException("the row that was inserted is not there; does a trigger take it away?");
        }
        return written;
    }

    /** The row, or null if there is none with its key. */
    @Nullable
    Map<String, @Nullable String> update(Connection connection, Map<String, @Nullable String> row) throws SQLException {
        if (others.isEmpty()) {
            return locked(connection, row);
        }
        List<String> bound = new ArrayList<>(others);
        bound.addAll(key);
        String sql =
                "UPDATE " + store.table() + " SET " + Sql.equal(others, ", ") + " WHERE " + Sql.equal(key, " AND ");
        return write(connection, sql, bound, row);
    }

    /** The row that is gone now, or null if there was none. */
    @Nullable
    Map<String, @Nullable String> delete(Connection connection, Map<String, @Nullable String> keyValues)
            throws SQLException {
        String sql = "DELETE FROM " + store.table() + " WHERE " + Sql.equal(key, " AND ");
        if (store.dialect(connection).writesReturnRows()) {
            return write(connection, sql, key, keyValues);
        }
        // The key as it is stored: where "A" finds "a", the other store must delete "a".
        Map<String, @Nullable String> before = locked(connection, keyValues);
        if (before != null) {
            execute(connection, sql, key, keyValues);
        }
        return before;
    }

    /** The row under its lock, or null. A plain SELECT may read from before a change that this transaction waited for. */
    @Nullable
    Map<String, @Nullable String> locked(Connection connection, Map<String, @Nullable String> keyValues)
            throws SQLException {
        return query(connection, select() + " FOR UPDATE", key, keyValues);
    }

    private String select() {
        return "SELECT " + Sql.list(columns) + " FROM " + store.table() + " WHERE " + Sql.equal(key, " AND ");
    }

    /** The row as its mapper reads it, or null. */
    @Nullable
    Map<String, @Nullable Object> read(Connection connection, Map<String, @Nullable String> keyValues)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select())) {
            store.bind(statement, 1, key, keyValues);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? store.values(rows) : null;
            }
        }
    }

    private @Nullable Map<String, @Nullable String> write(
            Connection connection, String sql, List<String> bound, Map<String, @Nullable String> values)
            throws SQLException {
        if (store.dialect(connection).writesReturnRows()) {
            return query(connection, sql + " RETURNING " + Sql.list(columns), bound, values);
        }
        execute(connection, sql, bound, values);
        return locked(connection, values);
    }

    private @Nullable Map<String, @Nullable String> query(
            Connection connection, String sql, List<String> bound, Map<String, @Nullable String> values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            store.bind(statement, 1, bound, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? store.texts(rows, columns) : null;
            }
        }
    }

    private void execute(Connection connection, String sql, List<String> bound, Map<String, @Nullable String> values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            store.bind(statement, 1, bound, values);
            statement.executeUpdate();
        }
    }
}
