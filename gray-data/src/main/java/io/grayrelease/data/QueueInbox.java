package io.grayrelease.data;

import java.sql.SQLException;
import java.util.List;

/**
 * Brings events of a queue over, and only then takes them out of the outbox that they came from. What is not there any more was
 * brought: a message that comes late or twice changes nothing, not even after the versions that would call it stale are forgotten.
 */
final class QueueInbox implements Inbox {
    private final DirectRound direct;

    QueueInbox(DirectRound direct) {
        this.direct = direct;
    }

    @Override
    public void accept(List<Event> events) throws SQLException {
        if (!events.isEmpty()) {
            direct.bring(events);
        }
    }
}
