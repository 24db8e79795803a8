package io.grayrelease.benchmarks.data;

import java.time.Duration;

/**
 * How long the cost of writes is measured.
 *
 * @param warm of every way, before anything counts
 * @param rounds in which all ways take turns
 * @param round of one way in a round
 * @param calm how many writes per second leave the machine time
 */
record CostLengths(Duration warm, int rounds, Duration round, int threads, int keys, int calm) {
    static final CostLengths FULL = new CostLengths(Duration.ofSeconds(3), 9, Duration.ofSeconds(2), 4, 10_000, 400);
    static final CostLengths QUICK =
            new CostLengths(Duration.ofMillis(1_500), 3, Duration.ofMillis(700), 4, 10_000, 400);
}
