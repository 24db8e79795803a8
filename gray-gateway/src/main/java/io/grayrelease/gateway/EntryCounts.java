package io.grayrelease.gateway;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.grayrelease.gateway.Entered.Origin;

/** What has become of the requests of an entry since the process started. Thread-safe. */
public final class EntryCounts {
    private final Map<Origin, LongAdder> requests = new EnumMap<>(Origin.class);
    private final LongAdder forged = new LongAdder();

    EntryCounts() {
        for (Origin origin : Origin.values()) {
            requests.put(origin, new LongAdder());
        }
    }

    void count(Entered entered) {
        adder(entered.origin()).increment();
        if (entered.forged()) {
            countForged();
        }
    }

    /** Counts a forged request, for an entry that decides elsewhere. */
    public void countForged() {
        forged.increment();
    }

    /** Requests with tags from there. */
    public long requests(Origin origin) {
        return adder(origin).sum();
    }

    /**
     * Requests that said tags which were not believed (from outside, not signed, or signed too long ago), or had another header by
     * which versions are chosen inside.
     */
    public long forged() {
        return forged.sum();
    }

    private LongAdder adder(Origin origin) {
        LongAdder adder = requests.get(origin);
        if (adder == null) {
            throw new IllegalStateException("every origin has one: " + origin);
        }
        return adder;
    }
}
