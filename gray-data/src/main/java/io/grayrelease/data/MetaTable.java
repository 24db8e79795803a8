package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The versions of all keys at the other store; a deleted key keeps its version here, or late events would bring it back. */
final class MetaTable {
    private static final String UPDATE =
            "UPDATE gray_meta SET ver = ?, ver_ext = ?, deleted = ? WHERE migration = ? AND row_key = ?";

    private final String migration;

    MetaTable(String migration) {
        this.migration = migration;
    }

    /** Locks keys until the transaction ends, those that are not known yet after the others; each in one order. */
    Map<String, Meta> lock(Connection connection, Dialect dialect, SortedSet<String> keys) throws SQLException {
        Map<String, Meta> known = lockKnown(connection, keys);
        SortedSet<String> others = new TreeSet<>(keys);
        others.removeAll(known.keySet());
        if (!others.isEmpty()) {
            place(connection, dialect, others);
            known.putAll(lockKnown(connection, others));
        }
        return known;
    }

    private Map<String, Meta> lockKnown(Connection connection, SortedSet<String> keys) throws SQLException {
        String sql = "SELECT row_key, ver, ver_ext FROM gray_meta WHERE migration = ? AND row_key IN ("
                + Sql.marks(keys.size()) + ") ORDER BY row_key FOR UPDATE";
        Map<String, Meta> known = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, keys);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    known.put(rows.getString(1), new Meta(rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        return known;
    }

    private void place(Connection connection, Dialect dialect, SortedSet<String> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.place())) {
            for (String key : keys) {
                statement.setString(1, migration);
                statement.setString(2, key);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw ofOrder(e);
        }
    }

    void update(Connection connection, Collection<Change> changes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            for (Change change : changes) {
                statement.setLong(1, change.after().version());
                statement.setLong(2, change.after().versionOfOnlyNew());
                statement.setBoolean(3, change.isDelete());
                statement.setString(4, migration);
                statement.setString(5, change.key());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Claims keys for a copy, and says which: those that no event has reached, a delete neither. */
    Set<String> claim(Connection connection, Dialect dialect, SortedSet<String> keys) throws SQLException {
        return dialect.insertsReturnRows()
                ? claimTogether(connection, dialect, keys)
                : claimEach(connection, dialect, keys);
    }

    private Set<String> claimTogether(Connection connection, Dialect dialect, SortedSet<String> keys)
            throws SQLException {
        Set<String> claimed = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(dialect.claims(keys.size()))) {
            int index = 1;
            for (String key : keys) {
                statement.setString(index++, migration);
                statement.setString(index++, key);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    claimed.add(rows.getString(1));
                }
            }
        }
        return claimed;
    }

    private Set<String> claimEach(Connection connection, Dialect dialect, SortedSet<String> keys) throws SQLException {
        Set<String> claimed = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(dialect.claims(1))) {
            for (String key : keys) {
                statement.setString(1, migration);
                statement.setString(2, key);
                if (statement.executeUpdate() == 1) {
                    claimed.add(key);
                }
            }
        } catch (SQLException e) {
            throw ofOrder(e);
        }
        return claimed;
    }

    /** H2's MERGE may find a key missing that another transaction commits meanwhile: no fault of the row, to be run again. */
    private static SQLException ofOrder(SQLException failure) {
        return Faults.isOfIntegrity(failure)
                ? new SQLTransactionRollbackException("a key was placed twice", "40001", failure)
                : failure;
    }

    private void bind(PreparedStatement statement, SortedSet<String> keys) throws SQLException {
        statement.setString(1, migration);
        int index = 2;
        for (String key : keys) {
            statement.setString(index++, key);
        }
    }
}
