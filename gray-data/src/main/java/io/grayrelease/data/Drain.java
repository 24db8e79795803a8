package io.grayrelease.data;

import java.sql.SQLException;
import java.util.List;

/**
 * Applies all that is in the outbox of a store that takes no writes, past whatever carries events otherwise. They stay there:
 * their carrier may hold them, and brings them once more, too late to change anything.
 */
final class Drain {
    private static final int EVENTS_AT_ONCE = 500;

    private final Direction direction;

    Drain(Direction direction) {
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
        return Sql.own(
                direction.from().source(), connection -> direction.outbox().after(connection, last, EVENTS_AT_ONCE));
    }
}
