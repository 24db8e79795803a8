package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Holds the primary store to the fact that a transaction was begun with: it reads the row of gray_state under a shared lock that
 * it keeps to its commit. Who changes the fact waits for those who hold it, and who comes later finds another one.
 */
final class Fence {
    private static final String FROM =
            " FROM gray_state WHERE migration = ? AND epoch = ? AND standing = 'OPEN' AND phase IN (?, ?)";
    private static final int ALONE_SECONDS = 2;

    private final String migration;
    private final Fact fact;

    Fence(String migration, Fact fact) {
        this.migration = migration;
        this.fact = fact;
    }

    Fact fact() {
        return fact;
    }

    /** The row, if the fact is what it was, and more holds: where it is only one captured phase for another, it is. */
    String from(Dialect dialect, String more) {
        return FROM + more + dialect.forShare();
    }

    /** Binds what {@link #from} asks for, and says which parameter comes next. */
    int bind(PreparedStatement statement, int first) throws SQLException {
        statement.setString(first, migration);
        statement.setLong(first + 1, fact.epoch());
        statement.setString(first + 2, fact.phase().name());
        statement.setString(first + 3, alike());
        return first + 4;
    }

    private String alike() {
        switch (fact.phase()) {
            case CAPTURE:
                return "GRAY_READ";
            case GRAY_READ:
                return "CAPTURE";
            default:
                return fact.phase().name();
        }
    }

    /**
     * Holds the fact until the transaction ends.
     *
     * @throws FencedException if it is another one
     */
    void hold(Connection connection, Dialect dialect) throws SQLException {
        hold(connection, "SELECT 1" + from(dialect, ""), 0);
    }

    /**
     * Holds the fact alone until the transaction ends, of which this is the first statement: nobody else who holds it is left then.
     *
     * @throws FencedException if it is another one
     */
    void holdAlone(Connection connection, Dialect dialect) throws SQLException {
        if (dialect == Dialect.POSTGRESQL) {
            Sql.readCommitted(connection);
        }
        hold(connection, "SELECT 1" + FROM + " FOR UPDATE", ALONE_SECONDS);
    }

    private void hold(Connection connection, String sql, int limitSeconds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(limitSeconds);
            bind(statement, 1);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new FencedException(fact);
                }
            }
        } catch (SQLException e) {
            throw fenced(e);
        }
    }

    /** A repeatable read that finds the row changed fails, and is run again. */
    SQLException fenced(SQLException failure) {
        return Faults.isOfOrder(failure) && !(failure instanceof FencedException)
                ? new FencedException(fact, failure)
                : failure;
    }
}
