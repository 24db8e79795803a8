package io.grayrelease.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A carrier that keeps events; the test hands them over, in the order that it wants. */
final class KeptEvents {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile Inbox inbox;

    Carrier.Factory factory() {
        return (migration, opened) -> {
            inbox = opened;
            return events::addAll;
        };
    }

    /** What came so far, by version. */
    List<Event> events() {
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
