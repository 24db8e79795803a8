package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The events that a store's committed writes left beside them, until they are brought to the other store. */
final class Outbox {
    private static final String APPEND =
            "INSERT INTO gray_outbox (migration, row_key, body, created_at) VALUES (?, ?, ?, ?)";
    private static final String APPEND_FENCED =
            "INSERT INTO gray_outbox (migration, row_key, body, created_at) SELECT ?, ?, ?, ?";
    // No cursor: versions are drawn before they are committed, and a lower one may come after a higher one was read.
    private static final String TAKE = "SELECT seq, row_key, body FROM gray_outbox WHERE migration = ?"
            + " ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED";
    private static final String REMOVE = "DELETE FROM gray_outbox WHERE migration = ? AND seq IN (";
    private static final String BACKLOG = "SELECT COUNT(*), MIN(created_at) FROM (SELECT created_at FROM gray_outbox"
            + " WHERE migration = ? ORDER BY seq LIMIT " + Backlog.COUNTED + ") waiting";

    private final String migration;

    Outbox(String migration) {
        this.migration = migration;
    }

    /** Leaves an event in the transaction of its write, which must hold the row's lock already: the version is drawn here. */
    Event append(Connection connection, String key, Image image) throws SQLException {
        String body = ImageText.write(image);
        try (PreparedStatement statement = connection.prepareStatement(APPEND, new String[] {"seq"})) {
            Event event = appended(statement, key, body);
            if (event == null) {
                throw new SQLException("gray_outbox: found no version, expected seq to be drawn");
            }
            return event;
        }
    }

    /**
     * As {@link #append(Connection, String, Image)}, and holds the fact in the same statement.
     *
     * @throws FencedException if it is another one
     */
    Event append(Connection connection, String key, Image image, Fence fence) throws SQLException {
        String body = ImageText.write(image);
        String sql = APPEND_FENCED + fence.from(Dialect.of(connection));
        try (PreparedStatement statement = connection.prepareStatement(sql, new String[] {"seq"})) {
            fence.bind(statement, 5);
            Event event = appended(statement, key, body);
            if (event == null) {
                throw new FencedException(fence.fact());
            }
            return event;
        } catch (SQLException e) {
            throw fence.fenced(e);
        }
    }

    private @Nullable Event appended(PreparedStatement statement, String key, String body) throws SQLException {
        statement.setString(1, migration);
        statement.setString(2, key);
        statement.setString(3, body);
        statement.setLong(4, System.currentTimeMillis());
        statement.executeUpdate();
        try (ResultSet drawn = statement.getGeneratedKeys()) {
            return drawn.next() ? Event.of(key, drawn.getLong(1), body) : null;
        }
    }

    /** Takes the first events that no other transaction has taken; they are another's again unless this one commits. */
    List<Event> take(Connection connection, int most) throws SQLException {
        List<Event> events = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, migration);
            statement.setInt(2, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(Event.of(rows.getString(2), rows.getLong(1), rows.getString(3)));
                }
            }
        }
        return events;
    }

    void remove(Connection connection, List<Event> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE + Sql.marks(events.size()) + ")")) {
            statement.setString(1, migration);
            int index = 2;
            for (Event event : events) {
                statement.setLong(index++, event.version());
            }
            statement.executeUpdate();
        }
    }

    Backlog backlog(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BACKLOG)) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                long oldest = rows.getLong(2);
                return Backlog.of(rows.getInt(1), rows.wasNull() ? 0 : System.currentTimeMillis() - oldest);
            }
        }
    }
}
