package io.grayrelease.data;

import java.util.List;

/** The way of events from the primary store to the other: a queue, or straight. Thread-safe. */
public interface Carrier extends AutoCloseable {
    /**
     * Returns once none of the events can be lost any more: taken by the inbox, or acknowledged by a queue that keeps them.
     *
     * @throws Exception if that is not sure; they are sent again later
     */
    void send(List<Event> events) throws Exception;

    /** Ends what it started; nothing is sent any more. */
    @Override
    default void close() {}

    /** Opens a carrier that brings events to an inbox, for as long as the migration runs in this process. */
    interface Factory {
        Carrier open(String migration, Inbox inbox);
    }

    /** Without a queue: the sender itself brings events over. */
    static Factory direct() {
        return (migration, inbox) -> inbox::accept;
    }
}
