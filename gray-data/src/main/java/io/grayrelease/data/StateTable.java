package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/**
 * The rows of gray_state. Each change is one conditional statement that says whether it was made, so that of several who
 * try, one succeeds.
 */
final class StateTable {
    private static final String INSERT = "INSERT INTO gray_state"
            + " (migration, epoch, phase, standing, token, until_ms, min_version) VALUES (?, ?, ?, ?, NULL, 0, 0)";
    private static final String MOVE = "UPDATE gray_state SET phase = ?"
            + " WHERE migration = ? AND epoch = ? AND phase = ? AND standing = 'OPEN'";

    private final String migration;

    StateTable(String migration) {
        this.migration = migration;
    }

    /** What the store says, and after how long, by its own clock; null if nothing yet. */
    @Nullable
    State read(Connection connection, Dialect dialect) throws SQLException {
        String sql = "SELECT epoch, phase, standing, token, until_ms - " + dialect.nowMillis()
                + " FROM gray_state WHERE migration = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? state(rows) : null;
            }
        }
    }

    private State state(ResultSet rows) throws SQLException {
        try {
            return new State(
                    rows.getInt(1),
                    DataPhase.valueOf(rows.getString(2)),
                    State.Standing.valueOf(rows.getString(3)),
                    rows.getString(4),
                    rows.getLong(5));
        } catch (IllegalArgumentException e) {
            throw new SQLException(
                    "gray_state of " + migration + ": found phase " + rows.getString(2) + " and standing "
                            + rows.getString(3) + ", expected those of this version",
                    e);
        }
    }

    void insert(Connection connection, State state) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, migration);
            statement.setLong(2, state.epoch());
            statement.setString(3, state.phase().name());
            statement.setString(4, state.standing().name());
            statement.executeUpdate();
        }
    }

    /** Goes to another phase of the same primary; waits for the writers that hold the {@link Fence}. */
    boolean move(Connection connection, Fact from, DataPhase to, int limitSeconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            statement.setQueryTimeout(limitSeconds);
            statement.setString(1, to.name());
            statement.setString(2, migration);
            statement.setLong(3, from.epoch());
            statement.setString(4, from.phase().name());
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public String toString() {
        return migration;
    }
}
