package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** The events that a store's committed writes left beside them, until they are brought to the other store. */
final class Outbox {
    private static final String APPEND = "INSERT INTO gray_outbox (row_key, body, created_at, migration)";
    // No cursor: versions are drawn before they are committed, and a lower one may come after a higher one was read.
    private static final String TAKE = "SELECT seq, row_key, body FROM gray_outbox WHERE migration = ?";
    private static final String FIRST = " ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED";
    private static final String UNSENT = " AND sent_at = 0";
    private static final String WAITS_SINCE = " AND CASE WHEN sent_at = 0 THEN created_at ELSE sent_at END < ";
    private static final String OF = " WHERE migration = ? AND seq IN (";
    private static final String BACKLOG = "SELECT COUNT(*), MIN(created_at) FROM (SELECT created_at FROM gray_outbox"
            + " WHERE migration = ? ORDER BY seq LIMIT " + Backlog.COUNTED + ") waiting";

    private static final int AT_ONCE = 500;

    private final String migration;

    Outbox(String migration) {
        this.migration = migration;
    }

    /** Leaves an event in the transaction of its write, which must hold the row's lock already: the version is drawn here. */
    Event append(Connection connection, String key, Image image) throws SQLException {
        return drawn(
                append(connection, " VALUES (?, ?, ?, ?)", key, image, statement -> statement.setString(4, migration)));
    }

    private static Event drawn(@Nullable Event event) throws SQLException {
        if (event == null) {
            throw new SQLException("gray_outbox: found no version, expected seq to be drawn");
        }
        return event;
    }

    /** As {@link #append(Connection, String, Image)}, once a lock of the key is held. */
    Event append(Connection connection, Dialect dialect, String key, Image image, KeyLock lock) throws SQLException {
        if (!lock.isTaken(dialect)) {
            return append(connection, key, image);
        }
        return drawn(append(connection, " SELECT ?, ?, ?, ? WHERE " + lock.condition(), key, image, statement -> {
            statement.setString(4, migration);
            lock.bind(statement, 5, migration, key);
        }));
    }

    /**
     * As {@link #append(Connection, Dialect, String, Image, KeyLock)}, and holds the fact: in the same statement, where the database can.
     *
     * @throws FencedException if it is another one
     */
    Event append(Connection connection, Dialect dialect, String key, Image image, KeyLock lock, Fence fence)
            throws SQLException {
        boolean locks = lock.isTaken(dialect);
        String values = dialect.valuesIf(fence.from(dialect, locks ? " AND " + lock.condition() : ""));
        if (values == null) {
            fence.hold(connection, dialect);
            return append(connection, dialect, key, image, lock);
        }
        try {
            Event event = append(connection, values, key, image, statement -> {
                int next = fence.bind(statement, 4);
                if (locks) {
                    lock.bind(statement, next, migration, key);
                }
            });
            if (event == null) {
                throw new FencedException(fence.fact());
            }
            return event;
        } catch (SQLException e) {
            throw Faults.isOfIntegrity(e) ? new FencedException(fence.fact(), e) : fence.fenced(e);
        }
    }

    private interface Rest {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private @Nullable Event append(Connection connection, String values, String key, Image image, Rest rest)
            throws SQLException {
        String body = ImageText.write(image);
        try (PreparedStatement statement = connection.prepareStatement(APPEND + values, new String[] {"seq"})) {
            statement.setString(1, key);
            statement.setString(2, body);
            statement.setLong(3, System.currentTimeMillis());
            rest.bind(statement);
            statement.executeUpdate();
            try (ResultSet drawn = statement.getGeneratedKeys()) {
                return drawn.next() ? Event.of(key, drawn.getLong(1), body) : null;
            }
        }
    }

    /** Takes the first events that no other transaction has taken; they are another's again unless this one commits. */
    List<Event> take(Connection connection, int most) throws SQLException {
        return take(connection, TAKE + FIRST, most);
    }

    /** Those after a version, in their order; they are not taken. */
    List<Event> after(Connection connection, long version, int most) throws SQLException {
        return take(connection, TAKE + " AND seq > " + version + " ORDER BY seq LIMIT ?", most);
    }

    /** Takes those that were sent, or written and not sent, longer ago than so many milliseconds. */
    List<Event> takeOverdue(Connection connection, Dialect dialect, long millis, int most) throws SQLException {
        return take(connection, TAKE + WAITS_SINCE + dialect.nowMillis() + " - " + millis + FIRST, most);
    }

    /**
     * Takes those of some events that are there, and waits for another transaction that has taken one: if that fails, nobody else
     * would come for it soon. In one order, so that nobody waits in a circle.
     */
    List<Event> takeOf(Connection connection, List<Event> some) throws SQLException {
        return there(connection, some, " ORDER BY seq FOR UPDATE");
    }

    /** Those of the events that this transaction has left which are there: some may have been taken back with a part of it. */
    List<Event> standing(Connection connection, List<Event> events) throws SQLException {
        List<Event> standing = new ArrayList<>();
        for (List<Event> some : Sql.pieces(events, AT_ONCE)) {
            standing.addAll(there(connection, some, ""));
        }
        return standing;
    }

    private List<Event> there(Connection connection, List<Event> some, String end) throws SQLException {
        Map<Long, Event> byVersion = new HashMap<>();
        some.forEach(event -> byVersion.put(event.version(), event));
        List<Event> there = new ArrayList<>();
        String sql = "SELECT seq FROM gray_outbox" + OF + Sql.marks(some.size()) + ")" + end;
        try (PreparedStatement statement = prepared(connection, sql, some);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                there.add(Objects.requireNonNull(byVersion.get(rows.getLong(1))));
            }
        }
        return there;
    }

    /** Takes those that were not sent, and marks them as sent from now on, by the database's clock. */
    List<Event> takeToSend(Connection connection, Dialect dialect, int most) throws SQLException {
        List<Event> events = take(connection, TAKE + UNSENT + FIRST, most);
        if (!events.isEmpty()) {
            change(connection, "UPDATE gray_outbox SET sent_at = " + dialect.nowMillis(), events);
        }
        return events;
    }

    /** Marks events as not sent. */
    int unsent(Connection connection, List<Event> events) throws SQLException {
        return change(connection, "UPDATE gray_outbox SET sent_at = 0", events);
    }

    /** Removes events, those that are there, and says how many. */
    int remove(Connection connection, List<Event> events) throws SQLException {
        return change(connection, "DELETE FROM gray_outbox", events);
    }

    private List<Event> take(Connection connection, String sql, int most) throws SQLException {
        List<Event> events = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
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

    private int change(Connection connection, String what, List<Event> events) throws SQLException {
        try (PreparedStatement statement = prepared(connection, what + OF + Sql.marks(events.size()) + ")", events)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepared(Connection connection, String sql, List<Event> events) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, migration);
        int index = 2;
        for (Event event : events) {
            statement.setLong(index++, event.version());
        }
        return statement;
    }

    Backlog backlog(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BACKLOG)) {
            statement.setString(1, migration);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                int events = rows.getInt(1);
                return Backlog.of(events, events == 0 ? 0 : System.currentTimeMillis() - rows.getLong(2));
            }
        }
    }
}
