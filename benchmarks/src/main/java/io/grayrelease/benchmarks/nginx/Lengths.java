package io.grayrelease.benchmarks.nginx;

import java.time.Duration;

/**
 * How much is measured. Immutable.
 *
 * @param warm of every front, before anything counts
 * @param steadyRounds in which all fronts take turns
 * @param steady of one front in a round
 * @param rounds of a load without changes and then with them
 * @param wrk of a round
 * @param post of a round, likewise
 * @param publishes after each of which the time to its effect is taken
 */
record Lengths(Duration warm, int steadyRounds, Duration steady, int rounds, Length wrk, Length post, int publishes) {
    /** Of one round. */
    record Length(Duration quiet, Duration changing) {}

    /** In three rounds, each client sees changes for 30 seconds. */
    static final Lengths FULL = new Lengths(
            Duration.ofSeconds(2),
            5,
            Duration.ofSeconds(2),
            3,
            new Length(Duration.ofSeconds(3), Duration.ofSeconds(10)),
            new Length(Duration.ofSeconds(2), Duration.ofSeconds(5)),
            20);

    static final Lengths QUICK = new Lengths(
            Duration.ofSeconds(1),
            2,
            Duration.ofSeconds(1),
            1,
            new Length(Duration.ofSeconds(1), Duration.ofSeconds(3)),
            new Length(Duration.ofSeconds(1), Duration.ofSeconds(2)),
            5);

    Length of(Load load) {
        return load instanceof WrkLoad ? wrk : post;
    }

    /** How long changes are made for, in all rounds. */
    Duration changing(Load load) {
        return of(load).changing().minus(Changes.CONNECTING).multipliedBy(rounds);
    }
}
