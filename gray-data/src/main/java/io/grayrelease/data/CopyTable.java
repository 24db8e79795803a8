package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** How far the copy is, in the store that it fills: it moves on in the transaction that writes a chunk, or not at all. */
final class CopyTable {
    private static final String SELECT =
            "SELECT last_key, rows_read, rows_written, done FROM gray_copy WHERE migration = ?";
    private static final String INSERT =
            "INSERT INTO gray_copy (migration, last_key, rows_read, rows_written, done) VALUES (?, NULL, 0, 0, FALSE)";
    private static final String UPDATE =
            "UPDATE gray_copy SET last_key = ?, rows_read = ?, rows_written = ?, done = ? WHERE migration = ?";

    private final String migration;

    CopyTable(String migration) {
        this.migration = migration;
    }

    /** A place in the copy. Immutable. */
    static final class Place {
        static final Place START = new Place(null, 0, 0, false);

        final @Nullable Map<String, @Nullable String> lastKey;
        final long rowsRead;
        final long rowsWritten;
        final boolean done;

        private Place(@Nullable Map<String, @Nullable String> lastKey, long rowsRead, long rowsWritten, boolean done) {
            this.lastKey = lastKey;
            this.rowsRead = rowsRead;
            this.rowsWritten = rowsWritten;
            this.done = done;
        }

        Place end() {
            return new Place(lastKey, rowsRead, rowsWritten, true);
        }

        Place after(Map<String, @Nullable String> last, int read, int written) {
            return new Place(last, rowsRead + read, rowsWritten + written, false);
        }
    }

    /** The place; the start if no copy ever began. */
    Place read(Connection connection) throws SQLException {
        Place place = select(connection, SELECT);
        return place == null ? Place.START : place;
    }

    /** The place, which nobody else moves on until the transaction ends; {@link #begin} came before. */
    Place locked(Connection connection) throws SQLException {
        Place place = select(connection, SELECT + " FOR UPDATE");
        if (place == null) {
            throw new SQLException("gray_copy: found no row of " + migration + ", expected one once a copy began");
        }
        return place;
    }

    private @Nullable Place select(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                String last = rows.getString(1);
                return new Place(
                        last == null ? null : ImageText.read(last).shared(),
                        rows.getLong(2),
                        rows.getLong(3),
                        rows.getBoolean(4));
            }
        }
    }

    /** Begins a copy, unless it has begun. */
    void begin(Connection connection) throws SQLException {
        if (select(connection, SELECT) != null) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, migration);
            statement.executeUpdate();
        }
    }

    void move(Connection connection, Place place) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            statement.setString(
                    1,
                    place.lastKey == null
                            ? null
                            : ImageText.write(Image.written(place.lastKey, Collections.emptyMap())));
            statement.setLong(2, place.rowsRead);
            statement.setLong(3, place.rowsWritten);
            statement.setBoolean(4, place.done);
            statement.setString(5, migration);
            statement.executeUpdate();
        }
    }
}
