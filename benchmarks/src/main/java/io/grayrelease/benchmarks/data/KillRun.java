package io.grayrelease.benchmarks.data;

import java.util.Map;

/**
 * What came of a run with kills.
 *
 * @param acknowledged writes
 * @param seconds of the load
 * @param doubtful writes of which nobody knows whether they were committed
 * @param secondsToCopy with all kills
 */
record KillRun(
        boolean gray,
        String databases,
        KillLengths lengths,
        Map<String, Integer> kills,
        long acknowledged,
        double seconds,
        long doubtful,
        double secondsToCopy,
        Verdict verdict) {
    double perSecond() {
        return acknowledged / seconds;
    }

    int killCount() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }
}
