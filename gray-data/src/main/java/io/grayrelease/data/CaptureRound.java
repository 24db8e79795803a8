package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import io.grayrelease.policy.model.DataPhase;

/**
 * Begins to capture. What the new store has of an earlier round is stale: it is emptied, and what was captured then and comes
 * late is passed over.
 */
final class CaptureRound {
    private static final int AT_ONCE = 5_000;
    // Without the job no chunk is claimed any more, and without its chunk no worker of an earlier copy writes.
    private static final String[] OURS = {"gray_job", "gray_chunk", "gray_diff", "gray_dead", "gray_meta"};

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
        String token = UUID.randomUUID().toString();
        boolean begun = Sql.own(ofNew.source(), connection -> {
            refuseForeignRows(connection);
            return states.beginRound(connection, ofNew.dialect(connection), token, least);
        });
        if (!begun) {
            throw new SQLException("another process empties the new store");
        }
        try {
            for (String table : OURS) {
                while (deleted(token, table, " WHERE migration = '" + migration + "'") > 0) {}
            }
            while (deleted(token, ofNew.table(), "") > 0) {}
        } finally {
            end(token);
        }
    }

    private void end(String token) throws SQLException {
        Sql.own(ofNew.source(), connection -> {
            states.endRound(connection, token);
            return true;
        });
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

    /** Some rows at a time, and none once another begins a round: of that one there may be rows already. */
    private int deleted(String token, String table, String where) throws SQLException {
        return Sql.own(ofNew.source(), connection -> {
            Dialect dialect = ofNew.dialect(connection);
            if (!states.keepRound(connection, dialect, token)) {
                throw new SQLException("another process empties the new store");
            }
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(dialect.deleteSome(table, where, AT_ONCE));
            }
        });
    }
}
