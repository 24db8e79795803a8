package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The differences that comparisons found, in the new store: keys and names of columns, no values. */
final class DiffTable {
    private static final String DELETE = "DELETE FROM gray_diff WHERE migration = ? AND run = ? AND row_key = ?";
    private static final String INSERT = "INSERT INTO gray_diff"
            + " (migration, run, row_key, kind, differing, seen_ms, healed_ms) VALUES (?, ?, ?, ?, ?, ?, 0)";
    private static final String HEALED =
            "UPDATE gray_diff SET healed_ms = ? WHERE migration = ? AND row_key = ?" + " AND healed_ms = 0";
    private static final String FORGET = "DELETE FROM gray_diff WHERE migration = ? AND run <= ?";
    private static final String SELECT = "SELECT row_key, kind, differing FROM gray_diff WHERE migration = ?"
            + " AND run = ? AND healed_ms = 0 ORDER BY row_key LIMIT ";
    private static final String COUNT =
            "SELECT COUNT(*) FROM gray_diff WHERE migration = ? AND run = ? AND healed_ms = 0";
    private static final String FOUND = "SELECT COUNT(*) FROM gray_diff WHERE migration = ? AND run = ?";

    private final String migration;

    DiffTable(String migration) {
        this.migration = migration;
    }

    /** Keeps differences, each key once however often it is found. */
    void add(Connection connection, long run, List<Difference> differences) throws SQLException {
        if (differences.isEmpty()) {
            return;
        }
        Refusal.either(connection, () -> put(connection, run, differences), () -> {
            for (Difference each : differences) {
                Refusal.either(
                        connection,
                        () -> put(connection, run, Collections.singletonList(each)),
                        () -> put(connection, run, Collections.singletonList(each.escaped())));
            }
        });
    }

    private void put(Connection connection, long run, List<Difference> differences) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Difference difference : differences) {
                delete.setString(1, migration);
                delete.setLong(2, run);
                delete.setString(3, difference.key());
                delete.addBatch();
                insert.setString(1, migration);
                insert.setLong(2, run);
                insert.setString(3, difference.key());
                insert.setString(4, difference.kind().name());
                insert.setString(5, String.join(",", difference.columns()));
                insert.setLong(6, System.currentTimeMillis());
                insert.addBatch();
            }
            delete.executeBatch();
            insert.executeBatch();
        }
    }

    /** Tells that a row is the same in both stores by now. */
    void healed(Connection connection, String key) throws SQLException {
        Refusal.either(connection, () -> heal(connection, key), () -> heal(connection, Ascii.key(key)));
    }

    private void heal(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HEALED)) {
            statement.setLong(1, System.currentTimeMillis());
            statement.setString(2, migration);
            statement.setString(3, key);
            statement.executeUpdate();
        }
    }

    /** Forgets what runs up to one found. */
    int forget(Connection connection, long run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setString(1, migration);
            statement.setLong(2, run);
            return statement.executeUpdate();
        }
    }

    /** Differences of a run that are not healed. */
    List<Difference> left(Connection connection, long run, int most) throws SQLException {
        List<Difference> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SELECT + most)) {
            statement.setString(1, migration);
            statement.setLong(2, run);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String columns = rows.getString(3);
                    found.add(new Difference(
                            rows.getString(1),
                            Difference.Kind.valueOf(rows.getString(2)),
                            columns == null || columns.isEmpty()
                                    ? Collections.emptyList()
                                    : Arrays.asList(columns.split(",", -1))));
                }
            }
        }
        return found;
    }

    long countLeft(Connection connection, long run) throws SQLException {
        return count(connection, COUNT, run);
    }

    /** All that a run found, healed or not. */
    long countFound(Connection connection, long run) throws SQLException {
        return count(connection, FOUND, run);
    }

    private long count(Connection connection, String sql, long run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migration);
            statement.setLong(2, run);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
