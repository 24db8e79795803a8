package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The rows of gray_process, in the old store: which processes run the migration, what each is told and what each knows. */
final class ProcessTable {
    private static final String DELETE = "DELETE FROM gray_process WHERE migration = ? AND process = ?";

    private final String migration;

    ProcessTable(String migration) {
        this.migration = migration;
    }

    /**
     * Tells that a process lives, by the database's clock, which phase it wishes, or that it can take no step, and what stopped it
     * when it last tried.
     */
    void beat(Connection connection, Dialect dialect, String process, @Nullable String wish, String trouble, Fact fact)
            throws SQLException {
        String update = "UPDATE gray_process SET wish = ?, trouble = ?, fact_epoch = ?, fact_phase = ?, seen_ms = "
                + dialect.nowMillis() + " WHERE migration = ? AND process = ?";
        if (write(connection, update, process, wish, trouble, fact) == 0) {
            String insert =
                    "INSERT INTO gray_process (wish, trouble, fact_epoch, fact_phase, seen_ms, migration, process)"
                            + " VALUES (?, ?, ?, ?, " + dialect.nowMillis() + ", ?, ?)";
            write(connection, insert, process, wish, trouble, fact);
            removeOld(connection, dialect);
        }
    }

    private int write(
            Connection connection, String sql, String process, @Nullable String wish, String trouble, Fact fact)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, wish);
            statement.setString(2, trouble.isEmpty() ? null : DeadLetter.shortened(Ascii.escaped(trouble)));
            statement.setLong(3, fact.epoch());
            statement.setString(4, fact.phase().name());
            statement.setString(5, migration);
            statement.setString(6, process);
            return statement.executeUpdate();
        }
    }

    private void removeOld(Connection connection, Dialect dialect) throws SQLException {
        String sql = "DELETE FROM gray_process WHERE migration = ? AND seen_ms < " + dialect.nowMillis() + " - 3600000";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migration);
            statement.executeUpdate();
        }
    }

    void remove(Connection connection, String process) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, migration);
            statement.setString(2, process);
            statement.executeUpdate();
        }
    }

    /** All that were seen within the last hour or so, the dead ones too. */
    List<ProcessStatus> read(Connection connection, Dialect dialect) throws SQLException {
        List<ProcessStatus> processes = new ArrayList<>();
        String sql = "SELECT process, wish, trouble, fact_epoch, fact_phase, " + dialect.nowMillis()
                + " - seen_ms FROM gray_process WHERE migration = ? ORDER BY process";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    processes.add(ProcessStatus.of(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getInt(4),
                            rows.getString(5),
                            rows.getLong(6)));
                }
            }
        }
        return processes;
    }
}
