package io.grayrelease.benchmarks.data;

import java.time.Duration;

/**
 * How much a run with kills does.
 *
 * @param rows that are copied
 * @param rate writes per second that are wanted, of both versions together
 * @param between from when all is up again until the next kill
 * @param away how long a database stays away
 */
record KillLengths(long rows, int rate, int kills, Duration between, Duration away) {
    static final KillLengths FULL =
            new KillLengths(1_000_000, 1_600, 20, Duration.ofMillis(2_500), Duration.ofMillis(500));
    static final KillLengths QUICK =
            new KillLengths(100_000, 1_600, 9, Duration.ofMillis(1_500), Duration.ofMillis(300));

    /** The copy is to last about as long as the kills. */
    int copyRate() {
        return (int) (rows * 1_000 / (kills * between.plus(away).toMillis()));
    }
}
