package io.grayrelease.data;

import java.util.List;

/** A queue, as the way of events from the store that orders writes to the other one. Thread-safe. */
public interface Carrier extends AutoCloseable {
    /**
     * Hands events to the queue, and returns once it has taken them. Nothing is lost with a queue that loses them: an event stays in
     * the outbox until it is applied, and goes past a queue that takes too long.
     *
     * @throws Exception if the queue may not have taken them all; they are sent again, those that it took too
     */
    void send(List<Event> events) throws Exception;

    /** Ends what it started; nothing is sent any more. */
    @Override
    default void close() {}

    /** Opens a carrier that brings the events of a route to its inbox, for as long as the migration runs in this process. */
    interface Factory {
        /** Must not wait for the queue: it may be away when a service starts. */
        Carrier open(Route route, Inbox inbox);
    }
}
