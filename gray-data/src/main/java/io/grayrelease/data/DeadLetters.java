package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The events that a row's fault keeps out of a store, kept beside its rows. None may be left when a release goes on. */
final class DeadLetters {
    private static final String DELETE = "DELETE FROM gray_dead WHERE migration = ? AND row_key = ? AND version = ?";
    private static final String INSERT = "INSERT INTO gray_dead"
            + " (migration, row_key, version, body, reason, created_at) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String REASON =
            "UPDATE gray_dead SET reason = ? WHERE migration = ? AND row_key = ? AND version = ? AND reason <> ?";
    private static final String AFTER = "SELECT row_key, version, body FROM gray_dead WHERE migration = ?"
            + " AND (version > ? OR version = ? AND row_key > ?) ORDER BY version, row_key LIMIT ?";
    private static final String COUNT = "SELECT COUNT(*) FROM gray_dead WHERE migration = ?";
    private static final String REMOVE_SUPERSEDED = "DELETE FROM gray_dead WHERE migration = ? AND body = ''"
            + " AND EXISTS (SELECT 1 FROM gray_meta WHERE gray_meta.migration = gray_dead.migration"
            + " AND gray_meta.row_key = gray_dead.row_key AND gray_meta.ver >= gray_dead.version)";
    private static final String FORGET = "DELETE FROM gray_dead WHERE migration = ? AND row_key = ? AND version <= ?";
    private static final String NO_BODY = "";

    private final String migration;
    private final DataSource store;

    DeadLetters(String migration, DataSource store) {
        this.migration = migration;
        this.store = store;
    }

    /** Keeps an event, once however often it comes. */
    void add(Event event, SQLException fault) throws SQLException {
        put(event, DeadLetter.reason(fault));
    }

    /**
     * Keeps an event that the store refuses as it is, in ASCII; without its body if its key is refused, for then it cannot be tried
     * again. Says whether it is kept: a row is not there whose key cannot be.
     */
    boolean addEscaped(Event event, SQLException fault) throws SQLException {
        try {
            put(Event.of(event.key(), event.version(), Ascii.json(event.body())), escaped(fault));
            return true;
        } catch (SQLException e) {
            if (!Faults.isOfRow(e)) {
                throw e;
            }
        }
        Event named = Event.of(Ascii.key(event.key()), event.version(), NO_BODY);
        if (event.image().isDeleted()) {
            forget(named);
            return false;
        }
        put(named, escaped(fault));
        return true;
    }

    private static String escaped(SQLException fault) {
        return DeadLetter.shortened(Ascii.escaped(DeadLetter.reason(fault)));
    }

    /** What is newest of its row: the letters of older events say nothing any more. */
    private void forget(Event event) throws SQLException {
        Sql.own(store, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                statement.setString(1, migration);
                statement.setString(2, event.key());
                statement.setLong(3, event.version());
                return statement.executeUpdate();
            }
        });
    }

    private void put(Event event, String reason) throws SQLException {
        Sql.own(store, connection -> {
            delete(connection, event);
            return insert(connection, event, reason);
        });
    }

    /** Keeps why an event was kept out again, if that is another reason than before. */
    void failedAgain(Event event, SQLException fault) throws SQLException {
        try {
            setReason(event, DeadLetter.reason(fault));
        } catch (SQLException e) {
            if (!Faults.isOfRow(e)) {
                throw e;
            }
            // It quotes what the store cannot hold.
            setReason(event, escaped(fault));
        }
    }

    private void setReason(Event event, String reason) throws SQLException {
        Sql.own(store, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(REASON)) {
                statement.setString(1, reason);
                statement.setString(2, migration);
                statement.setString(3, event.key());
                statement.setLong(4, event.version());
                statement.setString(5, reason);
                return statement.executeUpdate();
            }
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
            statement.setString(5, reason);
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
