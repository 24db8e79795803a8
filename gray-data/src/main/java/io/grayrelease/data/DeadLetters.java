package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The events that a row's fault keeps out of a store, kept beside its rows. None may be left when a release goes on. */
final class DeadLetters {
    private static final String DELETE = "DELETE FROM gray_dead WHERE migration = ? AND row_key = ? AND version = ?";
    private static final String INSERT = "INSERT INTO gray_dead"
            + " (migration, row_key, version, body, reason, created_at) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String AFTER = "SELECT row_key, version, body FROM gray_dead WHERE migration = ?"
            + " AND (version > ? OR version = ? AND row_key > ?) ORDER BY version, row_key LIMIT ?";
    private static final String COUNT = "SELECT COUNT(*) FROM gray_dead WHERE migration = ?";
    private static final String REASONS = "SELECT reason, COUNT(*) FROM gray_dead WHERE migration = ?"
            + " GROUP BY reason ORDER BY 2 DESC, 1 LIMIT ?";
    private static final String REMOVE_SUPERSEDED = "DELETE FROM gray_dead WHERE migration = ? AND body = ''"
            + " AND EXISTS (SELECT 1 FROM gray_meta WHERE gray_meta.migration = gray_dead.migration"
            + " AND gray_meta.row_key = gray_dead.row_key AND gray_meta.ver >= gray_dead.version)";
    private static final String FORGET = "DELETE FROM gray_dead WHERE migration = ? AND row_key = ? AND version <= ?";
    private static final String NO_BODY = "";
    private static final int LONGEST_REASON = 500;

    private final String migration;
    private final DataSource store;

    DeadLetters(String migration, DataSource store) {
        this.migration = migration;
        this.store = store;
    }

    /** Keeps an event, once however often it comes. */
    void add(Event event, SQLException fault) throws SQLException {
        put(event, String.valueOf(fault.getMessage()));
    }

    /**
     * Keeps an event that the store refuses as it is, in ASCII; without its body if its key is refused, for then it cannot be tried
     * again. Says whether it is kept: a row is not there whose key cannot be.
     */
    boolean addEscaped(Event event, SQLException fault) throws SQLException {
        String reason = Ascii.escaped(String.valueOf(fault.getMessage()));
        try {
            put(Event.of(event.key(), event.version(), Ascii.json(event.body())), reason);
            return true;
        } catch (SQLException e) {
            if (!Faults.isOfRow(e)) {
                throw e;
            }
        }
        boolean deleted = event.image().isDeleted();
        Event named = Event.of(Ascii.key(event.key()), event.version(), NO_BODY);
        return deleted ? !forget(named) : put(named, reason) > 0;
    }

    /** What is newest of its row: the letters of older events say nothing any more. */
    private boolean forget(Event event) throws SQLException {
        return Sql.own(store, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                statement.setString(1, migration);
                statement.setString(2, event.key());
                statement.setLong(3, event.version());
                statement.executeUpdate();
                return true;
            }
        });
    }

    private int put(Event event, String reason) throws SQLException {
        return Sql.own(store, connection -> {
            delete(connection, event);
            return insert(connection, event, reason);
        });
    }

    /** Keeps that there was an event which is too large to be kept; its row comes over when it is written again. */
    void addWithoutBody(Event event, SQLException fault) throws SQLException {
        add(Event.of(event.key(), event.version(), NO_BODY), fault);
    }

    /** Removes what was kept without its body and is known in its version or a newer one by now, and says how many. */
    int removeSuperseded() throws SQLException {
        return Sql.own(store, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REMOVE_SUPERSEDED)) {
                statement.setString(1, migration);
                return statement.executeUpdate();
            }
        });
    }

    private int insert(Connection connection, Event event, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, migration);
            statement.setString(2, event.key());
            statement.setLong(3, event.version());
            statement.setString(4, event.body());
            statement.setString(5, reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
            statement.setLong(6, System.currentTimeMillis());
            return statement.executeUpdate();
        }
    }

    /** Says whether it was there, and keeps it so or gone for all others until the transaction ends. */
    boolean remove(Connection connection, Event event) throws SQLException {
        return delete(connection, event) == 1;
    }

    private int delete(Connection connection, Event event) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, migration);
            statement.setString(2, event.key());
            statement.setLong(3, event.version());
            return statement.executeUpdate();
        }
    }

    List<Event> first(int most) throws SQLException {
        return after(Event.of("", Version.NONE, ""), most);
    }

    /** Those after another, by version and key. */
    List<Event> after(Event last, int most) throws SQLException {
        return Sql.own(store, connection -> {
            List<Event> events = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(AFTER)) {
                statement.setString(1, migration);
                statement.setLong(2, last.version());
                statement.setLong(3, last.version());
                statement.setString(4, last.key());
                statement.setInt(5, most);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        events.add(Event.of(rows.getString(1), rows.getLong(2), rows.getString(3)));
                    }
                }
            }
            return events;
        });
    }

    /** How many there are by reason, the most frequent first. */
    Map<String, Integer> reasons(int most) throws SQLException {
        return Sql.own(store, connection -> {
            Map<String, Integer> counts = new LinkedHashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(REASONS)) {
                statement.setString(1, migration);
                statement.setInt(2, most);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        counts.put(rows.getString(1), rows.getInt(2));
                    }
                }
            }
            return counts;
        });
    }

    int count() throws SQLException {
        return Sql.own(store, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
                statement.setString(1, migration);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            }
        });
    }
}
