package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of gray_table, in the old store: which table a migration has, as its services declare it. */
final class TableTable {
    private static final String UPDATE = "UPDATE gray_table SET body = ? WHERE migration = ?";
    private static final String INSERT = "INSERT INTO gray_table (body, migration) VALUES (?, ?)";

    private final String migration;

    TableTable(String migration) {
        this.migration = migration;
    }

    /** Leaves the table for tools that have no mapper. */
    void put(Connection connection, Table table) throws SQLException {
        Optional<Table> before = find(connection);
        if (before.isPresent()) {
            check(before.get(), table);
        }
        String body = TableText.write(table);
        if (write(connection, UPDATE, body) > 0) {
            return;
        }
        try {
            write(connection, INSERT, body);
        } catch (SQLException e) {
            // Another process of the same service starts too.
            if (!Faults.isOfIntegrity(e)) {
                throw e;
            }
        }
    }

    /** One name for two tables, as by copy and paste: the events of one would go into the other. */
    private void check(Table before, Table now) {
        if (!before.oldName().equals(now.oldName()) || !before.newName().equals(now.newName())) {
            throw new IllegalArgumentException(
                    "migration " + migration + ": found the table " + names(now) + ", expected " + names(before)
                            + ", as gray_table of the old store has it: one migration has one table. Give this one a name"
                            + " of its own; if the tables were renamed, delete that row of gray_table");
        }
    }

    private static String names(Table table) {
        return table.oldName() + " (in the new store " + table.newName() + ")";
    }

    private int write(Connection connection, String sql, String body) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, body);
            statement.setString(2, migration);
            return statement.executeUpdate();
        }
    }

    /** The migrations whose services have left one. */
    static List<String> names(Connection connection) throws SQLException {
        return Sql.texts(connection, "SELECT migration FROM gray_table ORDER BY migration");
    }

    /** @throws SQLException if no service has left one */
    Table read(Connection connection) throws SQLException {
        return find(connection)
                .orElseThrow(() -> new SQLException("migration " + migration
                        + ": found no table in gray_table of the old store, expected one, as its services"
                        + " leave it when they start"));
    }

    private Optional<Table> find(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT body FROM gray_table WHERE migration = ?")) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(TableText.read(rows.getString(1))) : Optional.empty();
            }
        }
    }
}
