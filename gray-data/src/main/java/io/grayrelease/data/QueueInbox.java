package io.grayrelease.data;

import java.sql.SQLException;
import java.util.List;

/** Brings events of a queue over, and only then takes them out of the outbox that they came from. */
final class QueueInbox implements Inbox {
    private final Store from;
    private final Outbox outbox;
    private final Inbox applier;

    QueueInbox(Store from, Outbox outbox, Inbox applier) {
        this.from = from;
        this.outbox = outbox;
        this.applier = applier;
    }

    /** What fails between the two steps leaves events in the outbox that are applied: they come again, and are stale. */
    @Override
    public void accept(List<Event> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        applier.accept(events);
        Sql.own(from.source(), connection -> outbox.remove(connection, events));
    }
}
