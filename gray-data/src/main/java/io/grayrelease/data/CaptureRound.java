package io.grayrelease.data;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

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
    private final NewTable newTable;

    CaptureRound(String migration, Store old, Store ofNew) {
        this.migration = migration;
        this.old = old;
        this.ofNew = ofNew;
        this.states = new StateTable(migration);
        this.newTable = new NewTable(migration, ofNew);
    }

    /**
     * Goes from {@link DataPhase#OLD_ONLY} to {@link DataPhase#CAPTURE}, if the fact is still this one. Holds no lock while it empties
     * the new store: a token in both stores says whose round begins, and who has lost it changes nothing any more.
     *
     * @param limitSeconds for how long it waits for writers at most
     * @throws SQLException if the new table has rows that no round of this migration has written
     */
    void begin(Fact fact, int limitSeconds) throws SQLException {
        String token = UUID.randomUUID().toString();
        if (!Sql.one(ofNew.source(), connection -> states.takeRound(connection, ofNew.dialect(connection), token))) {
            throw new SQLException(whyNotTaken());
        }
        try {
            refuseForeignRows();
            if (inOld(connection -> states.claim(connection, fact, token, limitSeconds))) {
                // Drawn under the claim: what was captured before is below it, and what is captured from now on above.
                long least = Sql.own(old.source(), connection -> OutboxSequence.draw(connection, migration));
                inNew(connection -> states.beginRound(connection, token, least));
                empty(token);
                inOld(connection -> states.capture(connection, fact, token, limitSeconds));
            }
        } finally {
            end(token);
        }
    }

    /** Of the round before it is not known whose it was: this process may have lost its connection in the midst of it. */
    private String whyNotTaken() throws SQLException {
        return Sql.one(ofNew.source(), connection -> whyNotTaken(states.read(connection, ofNew.dialect(connection))));
    }

    private String whyNotTaken(@Nullable State found) {
        if (found == null) {
            return "gray_state of the new store: found no row of " + migration + ", expected one";
        }
        return found.standing() == State.Standing.CLOSED
                ? "a round that has begun empties the new store; if whoever began it is gone, it counts for 10 s"
                : "gray_state of the new store: found " + found.standing() + ", expected " + State.Standing.CLOSED;
    }

    private void inNew(Sql.Work<Boolean> change) throws SQLException {
        if (!Sql.one(ofNew.source(), change)) {
            throw lost();
        }
    }

    private static SQLException lost() {
        return new SQLException("another round has begun, and empties the new store");
    }

    private boolean inOld(Sql.Work<Boolean> change) throws SQLException {
        return Sql.one(old.source(), change);
    }

    private void empty(String token) throws SQLException {
        for (String table : OURS) {
            while (deleted(token, table, " WHERE migration = '" + migration + "'") > 0) {}
        }
        while (deleted(token, ofNew.table(), "") > 0) {}
    }

    private void end(String token) throws SQLException {
        Sql.own(ofNew.source(), connection -> {
            states.endRound(connection, token);
            return true;
        });
    }

    private void refuseForeignRows() throws SQLException {
        List<String> reasons = new ArrayList<>();
        newTable.foreignRows(reasons);
        if (!reasons.isEmpty()) {
            throw new SQLException(reasons.get(0));
        }
    }

    /** Some rows at a time, and none once another begins a round: of that one there may be rows already. */
    private int deleted(String token, String table, String where) throws SQLException {
        return Sql.own(ofNew.source(), connection -> {
            Dialect dialect = ofNew.dialect(connection);
            if (!states.keepRound(connection, dialect, token)) {
                throw lost();
            }
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(dialect.deleteSome(table, where, AT_ONCE));
            }
        });
    }
}
