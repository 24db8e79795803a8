package io.grayrelease.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.awaitility.Awaitility.await;

/** A queue that keeps events; the test hands them over, in the order that it wants. */
final class KeptEvents {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile Inbox inbox;

    Carrier.Factory factory() {
        return (route, opened) -> {
            inbox = opened;
            return events::addAll;
        };
    }

    /** So many events, by version, once they have come. */
    List<Event> awaited(int count) {
        await("events come")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> events.size() >= count);
        List<Event> sorted = new ArrayList<>(events);
        sorted.sort((one, other) -> Long.compare(one.version(), other.version()));
        return sorted;
    }

    void deliver(Event... some) throws Exception {
        for (Event event : some) {
            inbox.accept(List.of(event));
        }
    }

    void deliverTogether(List<Event> some) throws Exception {
        inbox.accept(some);
    }
}
