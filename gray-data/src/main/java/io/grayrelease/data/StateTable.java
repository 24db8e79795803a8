package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/**
 * The rows of gray_state. Each change is one conditional statement that says whether it was made, so that of several who
 * try, one succeeds.
 */
final class StateTable {
    private static final String INSERT = "INSERT INTO gray_state"
            + " (migration, epoch, phase, standing, token, until_ms, min_version) VALUES (?, ?, ?, ?, NULL, 0, 0)";
    private static final String MOVE = "UPDATE gray_state SET phase = ?, token = NULL"
            + " WHERE migration = ? AND epoch = ? AND phase = ? AND standing = 'OPEN'";
    private static final String CLAIM = "UPDATE gray_state SET token = ?"
            + " WHERE migration = ? AND epoch = ? AND phase = ? AND standing = 'OPEN'";
    private static final String OPEN_AGAIN =
            "UPDATE gray_state SET standing = 'OPEN', token = NULL WHERE migration = ? AND standing = 'CLOSING' AND ";
    private static final String HAND_OVER = "UPDATE gray_state SET standing = 'CLOSED', epoch = ?, phase = ?,"
            + " token = NULL WHERE migration = ? AND standing = 'CLOSING' AND token = ?";
    // Drivers may count only rows that change, so each try writes another number; who opens the store writes it anew.
    private static final String CAN_OPEN = "UPDATE gray_state SET pause_ms = COALESCE(pause_ms, 0) + 1"
            + " WHERE migration = ? AND standing = 'CLOSED'";
    private static final String PAUSE = "UPDATE gray_state SET pause_ms = ? WHERE migration = ? AND epoch = ?";
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
        return update(
                connection,
                limitSeconds,
                MOVE,
                to.name(),
                migration,
                from.epoch(),
                from.phase().name());
    }

    /** Says who goes from this fact to {@link DataPhase#CAPTURE}; whoever says so later, or changes the fact, takes it away. Waits as {@link #move}. */
    boolean claim(Connection connection, Fact fact, String token, int limitSeconds) throws SQLException {
        return update(
                connection,
                limitSeconds,
                CLAIM,
                token,
                migration,
                fact.epoch(),
                fact.phase().name());
    }

    /** Goes to {@link DataPhase#CAPTURE}, if the claim still stands. Waits as {@link #move}. */
    boolean capture(Connection connection, Fact from, String token, int limitSeconds) throws SQLException {
        return update(
                connection,
                limitSeconds,
                MOVE + " AND token = ?",
                DataPhase.CAPTURE.name(),
                migration,
                from.epoch(),
                from.phase().name(),
                token);
    }

    /** Begins a switch; waits for the writers that hold the {@link Fence}, and from then on there are none. */
    boolean close(Connection connection, Dialect dialect, Fact from, String token, long limitMillis)
            throws SQLException {
        String sql = "UPDATE gray_state SET standing = 'CLOSING', token = ?, until_ms = " + dialect.nowMillis()
                + " + ? WHERE migration = ? AND epoch = ? AND phase = ? AND standing = 'OPEN'";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout((int) Math.max(1, limitMillis / 1_000));
            statement.setString(1, token);
            statement.setLong(2, limitMillis);
            statement.setString(3, migration);
            statement.setLong(4, from.epoch());
            statement.setString(5, from.phase().name());
            return statement.executeUpdate() == 1;
        }
    }

    /** Gives a switch up. */
    boolean openAgain(Connection connection, String token) throws SQLException {
        return update(connection, OPEN_AGAIN + "token = ?", migration, token);
    }

    /** Gives a switch up that nobody has ended in its time. */
    boolean openAbandoned(Connection connection, Dialect dialect) throws SQLException {
        return update(connection, OPEN_AGAIN + "until_ms < " + dialect.nowMillis(), migration);
    }

    /** The point of no return of a switch: the other store is primary of a new epoch, as soon as it is opened. */
    boolean handOver(Connection connection, String token, int epoch, DataPhase phase) throws SQLException {
        return update(connection, HAND_OVER, epoch, phase.name(), migration, token);
    }

    /** Whether a store that is to be opened can be: waits for those who hold its row, who would hold up the opening too. */
    boolean canOpen(Connection connection, int limitSeconds) throws SQLException {
        return update(connection, limitSeconds, CAN_OPEN, migration);
    }

    /** Opens the store that another has handed over to, once. */
    boolean open(Connection connection, Dialect dialect, int epoch, DataPhase phase) throws SQLException {
        // No event of an earlier epoch changes a primary: all were applied before it was opened.
        String sql =
                "UPDATE gray_state SET standing = 'OPEN', epoch = ?, phase = ?, min_version = ?, token = NULL, pause_ms = NULL,"
                        + " until_ms = " + dialect.nowMillis() + " WHERE migration = ? AND epoch < ?";
        return update(connection, sql, epoch, phase.name(), Version.first(epoch), migration, epoch);
    }

    /** Keeps how long no store took writes. */
    void paused(Connection connection, int epoch, long millis) throws SQLException {
        update(connection, PAUSE, millis, migration, epoch);
    }

    /** Says who may begin a round in a store that is not primary, unless another is beginning one. */
    boolean takeRound(Connection connection, Dialect dialect, String token) throws SQLException {
        String sql = "UPDATE gray_state SET token = ?, until_ms = " + dialect.nowMillis()
                + " + 10000 WHERE migration = ? AND standing = 'CLOSED'"
                + " AND (token IS NULL OR until_ms < " + dialect.nowMillis() + ")";
        return update(connection, sql, token, migration);
    }

    /** Begins the round: from now on, events of before a version are passed over. Waits for those under way. */
    boolean beginRound(Connection connection, String token, long version) throws SQLException {
        return update(
                connection,
                "UPDATE gray_state SET min_version = ? WHERE migration = ? AND token = ? AND min_version < ?",
                version,
                migration,
                token,
                version);
    }

    /** Goes on with beginning a round, and says whether it is still this one's. */
    boolean keepRound(Connection connection, Dialect dialect, String token) throws SQLException {
        // Another number, even within a millisecond: drivers may count only rows that change.
        String sql = "UPDATE gray_state SET until_ms = GREATEST(until_ms + 1, " + dialect.nowMillis()
                + " + 10000) WHERE migration = ? AND token = ?";
        return update(connection, sql, migration, token);
    }

    void endRound(Connection connection, String token) throws SQLException {
        update(connection, "UPDATE gray_state SET token = NULL WHERE migration = ? AND token = ?", migration, token);
    }

    private static boolean update(Connection connection, String sql, Object... values) throws SQLException {
        return update(connection, 0, sql, values);
    }

    /** Waits for those who hold the row for so long; 0 for no limit. */
    private static boolean update(Connection connection, int limitSeconds, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(limitSeconds);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate() == 1;
        }
    }

    /** The lowest version that changes this store; it stays so until the transaction ends. */
    long minVersion(Connection connection, Dialect dialect) throws SQLException {
        String sql = "SELECT min_version FROM gray_state WHERE migration = ?" + dialect.forShare();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : Version.COPIED;
            }
        }
    }

    /**
     * Looks in a store that is not primary whether a round begins, and keeps it from beginning until the transaction ends: a worker of
     * the round before must not begin its job in the new one.
     */
    void checkNoRoundBegins(Connection connection, Dialect dialect) throws SQLException {
        String sql = "SELECT token IS NOT NULL AND until_ms > " + dialect.nowMillis()
                + " FROM gray_state WHERE migration = ? AND standing = 'CLOSED'" + dialect.forShare();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                if (rows.next() && rows.getBoolean(1)) {
                    throw new SQLException("a process empties the new store");
                }
            }
        }
    }

    /** Since when a store is primary, by its clock; 0 if it always was. While it closes, this is its limit. */
    long openSince(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT until_ms FROM gray_state WHERE migration = ?")) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /** For how long writes waited at most when this store became primary; empty if it is not known. */
    Optional<Duration> pause(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pause_ms FROM gray_state WHERE migration = ?")) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                long pause = rows.next() ? rows.getLong(1) : -1;
                return pause < 0 || rows.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(pause));
            }
        }
    }

    @Override
    public String toString() {
        return migration;
    }
}
