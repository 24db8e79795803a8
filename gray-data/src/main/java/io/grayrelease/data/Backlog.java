package io.grayrelease.data;

import java.time.Duration;

/** How far the other store is behind the primary. Immutable. */
public final class Backlog {
    static final int COUNTED = 10_000;

    private final int events;
    private final Duration age;

    private Backlog(int events, Duration age) {
        this.events = events;
        this.age = age;
    }

    static Backlog of(int events, long ageMillis) {
        return new Backlog(events, Duration.ofMillis(Math.max(0, ageMillis)));
    }

    /** The events that wait; counted up to {@value #COUNTED}. */
    public int events() {
        return events;
    }

    /** How long the first of them waits, by the clocks of writer and reader. */
    public Duration age() {
        return age;
    }

    @Override
    public String toString() {
        return events + " events, the oldest of " + age.toMillis() + " ms";
    }
}
