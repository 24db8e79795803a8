package io.grayrelease.data;

import java.sql.SQLException;
import java.util.List;

/** Where a queue hands events over at the other store. Thread-safe. */
public interface Inbox {
    /**
     * Brings events into the store: in any order, any number of times. What a row's fault keeps out is kept as a dead letter.
     *
     * @throws SQLException if a store is away; the queue hands them over again later, or leaves it to the outbox
     */
    void accept(List<Event> events) throws SQLException;
}
