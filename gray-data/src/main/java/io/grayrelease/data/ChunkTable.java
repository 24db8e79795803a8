package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/** The chunks that are claimed and not done. A row's owner is who may finish it; its lock says that he is about to. */
final class ChunkTable {
    private static final String INSERT = "INSERT INTO gray_chunk"
            + " (migration, kind, no, run, low_key, high_key, owner, until_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    // Whose row is locked is writing at this moment, be his lease over or not.
    private static final String EXPIRED = "SELECT no, low_key, high_key FROM gray_chunk"
            + " WHERE migration = ? AND kind = ? AND run = ? AND until_ms < ? ORDER BY no LIMIT 1 FOR UPDATE SKIP LOCKED";
    private static final String TAKE =
            "UPDATE gray_chunk SET owner = ?, until_ms = ? WHERE migration = ? AND kind = ? AND no = ?";
    private static final String ANY = "SELECT 1 FROM gray_chunk WHERE migration = ? AND kind = ? AND run = ? LIMIT 1";
    private static final String CLEAR = "DELETE FROM gray_chunk WHERE migration = ? AND kind = ?";
    private static final String OWN = " WHERE migration = ? AND kind = ? AND no = ? AND run = ? AND owner = ?";
    private static final String HOLD = "SELECT 1 FROM gray_chunk" + OWN + " FOR UPDATE";
    private static final String LEASE = "UPDATE gray_chunk SET until_ms = ?" + OWN;
    private static final String NARROW = "UPDATE gray_chunk SET low_key = ?, until_ms = ?" + OWN;
    private static final String DELETE = "DELETE FROM gray_chunk" + OWN;

    private final String migration;
    private final JobKind kind;

    ChunkTable(String migration, JobKind kind) {
        this.migration = migration;
        this.kind = kind;
    }

    void insert(Connection connection, Chunk chunk, long untilMillis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, migration);
            statement.setString(2, kind.name());
            statement.setLong(3, chunk.number());
            statement.setLong(4, chunk.run());
            statement.setString(5, KeyRange.text(chunk.range().low()));
            statement.setString(6, KeyRange.text(chunk.range().high()));
            statement.setString(7, chunk.owner());
            statement.setLong(8, untilMillis);
            statement.executeUpdate();
        }
    }

    /** Takes over the first chunk whose lease is over, or none. */
    @Nullable
    Chunk takeExpired(Connection connection, long run, String owner, long nowMillis, long untilMillis)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXPIRED)) {
            statement.setString(1, migration);
            statement.setString(2, kind.name());
            statement.setLong(3, run);
            statement.setLong(4, nowMillis);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                KeyRange range = new KeyRange(KeyRange.key(rows.getString(2)), KeyRange.key(rows.getString(3)));
                Chunk chunk = new Chunk(run, rows.getLong(1), range, owner);
                take(connection, chunk, untilMillis);
                return chunk;
            }
        }
    }

    private void take(Connection connection, Chunk chunk, long untilMillis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, chunk.owner());
            statement.setLong(2, untilMillis);
            statement.setString(3, migration);
            statement.setString(4, kind.name());
            statement.setLong(5, chunk.number());
            statement.executeUpdate();
        }
    }

    boolean isAnyLeft(Connection connection, long run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ANY)) {
            statement.setString(1, migration);
            statement.setString(2, kind.name());
            statement.setLong(3, run);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    void clear(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
            statement.setString(1, migration);
            statement.setString(2, kind.name());
            statement.executeUpdate();
        }
    }

    /** Locks a chunk, if it is still its owner's. */
    void hold(Connection connection, Chunk chunk) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
            own(statement, 1, chunk);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new LostClaim(chunk);
                }
            }
        }
    }

    void lease(Connection connection, Chunk chunk, long untilMillis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEASE)) {
            statement.setLong(1, untilMillis);
            own(statement, 2, chunk);
            changed(statement, chunk);
        }
    }

    void narrow(Connection connection, Chunk chunk, long untilMillis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NARROW)) {
            statement.setString(1, KeyRange.text(chunk.range().low()));
            statement.setLong(2, untilMillis);
            own(statement, 3, chunk);
            changed(statement, chunk);
        }
    }

    void delete(Connection connection, Chunk chunk) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            own(statement, 1, chunk);
            changed(statement, chunk);
        }
    }

    private void own(PreparedStatement statement, int from, Chunk chunk) throws SQLException {
        statement.setString(from, migration);
        statement.setString(from + 1, kind.name());
        statement.setLong(from + 2, chunk.number());
        statement.setLong(from + 3, chunk.run());
        statement.setString(from + 4, chunk.owner());
    }

    private static void changed(PreparedStatement statement, Chunk chunk) throws SQLException {
        if (statement.executeUpdate() == 0) {
            throw new LostClaim(chunk);
        }
    }
}
