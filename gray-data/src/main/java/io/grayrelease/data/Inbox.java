package io.grayrelease.data;

import java.sql.SQLException;
import java.util.List;

/** Where a carrier hands events over at the other store. Thread-safe. */
public interface Inbox {
    /**
     * Brings events into the store: in any order, any number of times. What a row's fault keeps out is kept as a dead letter.
     *
     * @throws SQLException if the store does not take them now; the carrier hands them over again later
     */
    void accept(List<Event> events) throws SQLException;
}
