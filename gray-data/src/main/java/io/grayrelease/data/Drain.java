package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies all that is in the outbox of a store that takes no writes, past whatever carries events otherwise. They stay there:
 * their carrier may hold them, and brings them once more, too late to change anything.
 */
final class Drain {
    private static final String AFTER =
            "SELECT seq, row_key, body FROM gray_outbox" + " WHERE migration = ? AND seq > ? ORDER BY seq LIMIT " + 500;

    private final String migration;
    private final Direction direction;

    Drain(Direction direction) {
        this.migration = direction.migration();
        this.direction = direction;
    }

    /** @throws SQLException if the time is over before all is applied */
    void run(Deadline deadline) throws SQLException {
        long last = 0;
        while (true) {
            deadline.check("events were applied");
            List<Event> events = after(last);
            if (events.isEmpty()) {
                return;
            }
            direction.applier().accept(events);
            last = events.get(events.size() - 1).version();
        }
    }

    private List<Event> after(long last) throws SQLException {
        return Sql.own(direction.from().source(), connection -> after(connection, last));
    }

    private List<Event> after(Connection connection, long last) throws SQLException {
        List<Event> events = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(AFTER)) {
            statement.setString(1, migration);
            statement.setLong(2, last);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(Event.of(rows.getString(2), rows.getLong(1), rows.getString(3)));
                }
            }
        }
        return events;
    }
}
