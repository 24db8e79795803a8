package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import io.grayrelease.policy.model.DataPhase;

/**
 * Begins to capture. What the new store has of an earlier round is stale: it is emptied, and what was captured then and comes
 * late is passed over.
 */
final class CaptureRound {
    private static final int AT_ONCE = 5_000;
    private static final String[] OURS = {"gray_chunk", "gray_dead", "gray_diff", "gray_job", "gray_meta"};

    private final String migration;
    private final Store old;
    private final Store ofNew;
    private final StateTable states;

    CaptureRound(String migration, Store old, Store ofNew) {
        this.migration = migration;
        this.old = old;
        this.ofNew = ofNew;
        this.states = new StateTable(migration);
    }

    /**
     * Goes from {@link DataPhase#OLD_ONLY} to {@link DataPhase#CAPTURE}, if the fact is still this one.
     *
     * @throws SQLException if the new table has rows that no round of this migration has written
     */
    void begin(Fact fact, int limitSeconds) throws SQLException {
        Sql.own(old.source(), connection -> {
            // Held: all that is captured in the next round is drawn after this version.
            new Fence(migration, fact).hold(connection, old.dialect(connection));
            empty(OutboxSequence.draw(connection, migration));
            return states.move(connection, fact, DataPhase.CAPTURE, limitSeconds);
        });
    }

    private void empty(long least) throws SQLException {
        boolean raised = Sql.own(ofNew.source(), connection -> {
            refuseForeignRows(connection);
            return states.raise(connection, least);
        });
        if (!raised) {
            throw new SQLException("the new store is in another round already");
        }
        for (String table : OURS) {
            while (deleted(least, table, " WHERE migration = '" + migration + "'") > 0) {}
        }
        while (deleted(least, ofNew.table(), "") > 0) {}
    }

    /** Before the first round nothing of ours is there: rows are somebody's, or the stores were confused. */
    private void refuseForeignRows(Connection connection) throws SQLException {
        boolean first = states.minVersion(connection, ofNew.dialect(connection)) == 0;
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM " + ofNew.table() + " LIMIT 1")) {
            if (first && statement.executeQuery().next()) {
                throw new SQLException(ofNew.table() + " of the new store: found rows before the first round,"
                        + " expected none; if nobody needs them, delete them");
            }
        }
    }

    /** Some rows at a time, and none once another has begun a round. */
    private int deleted(long least, String table, String where) throws SQLException {
        return Sql.own(ofNew.source(), connection -> {
            Dialect dialect = ofNew.dialect(connection);
            if (states.minVersion(connection, dialect) != least) {
                throw new SQLException("another process has begun a round");
            }
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(dialect.deleteSome(table, where, AT_ONCE));
            }
        });
    }
}
