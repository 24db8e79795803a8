package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** All that brings the events of one route from the outbox to the other store: the relay's thread, and the queue if there is one. */
final class Delivery {
    private final DirectRound direct;
    private final @Nullable Carrier carrier;
    private final Relay relay;

    Delivery(Route route, Store from, Inbox applier, Carrier.@Nullable Factory queue, Duration limit, Counts counts) {
        Outbox outbox = new Outbox(route.migration());
        this.direct = new DirectRound(from, outbox, applier, counts);
        this.carrier = queue == null ? null : queue.open(route, new QueueInbox(direct));
        Round round = carrier == null
                ? direct
                : new QueueRound(from, outbox, carrier, direct, limit, counts, System::nanoTime);
        this.relay = new Relay(route, round, counts);
    }

    void start() {
        relay.start();
    }

    /** Tells that something was committed to the outbox. */
    void wake() {
        relay.wake();
    }

    /** See {@link DirectRound#drain}: a queue, be it dead, has no part in it. */
    void drain(Duration limit) throws SQLException {
        direct.drain(limit);
    }

    /** Ends the threads; what is in the outbox stays there. */
    void close() {
        relay.close();
        if (carrier != null) {
            carrier.close();
        }
    }
}
