package io.grayrelease.data;

import java.time.Duration;
import java.util.Optional;

/** How long the rest of a job takes, as its progress tells it. */
final class TimeLeft {
    private TimeLeft() {}

    /** At this rate, if a rate is known: an estimate. */
    static Optional<Duration> of(boolean done, long rowsLeft, double rowsPerSecond) {
        if (done) {
            return Optional.of(Duration.ZERO);
        }
        return rowsPerSecond <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (1_000 * rowsLeft / rowsPerSecond)));
    }

    private static long seconds(Duration time) {
        return Math.round(time.toMillis() / 1_000.0);
    }

    /** What follows the rate in a progress. */
    static String words(boolean done, Optional<Duration> left) {
        return done
                ? ", done"
                : left.map(time -> ", " + seconds(time) + " s left").orElse("");
    }
}
