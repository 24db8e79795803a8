package io.grayrelease.demo.data;

import java.util.List;
import java.util.Locale;

/**
 * The calls of a while, as the consumer saw them.
 *
 * @param late reads of what was right a moment before
 * @param gapMillis the longest time in which no write was answered
 */
record TrafficSeen(
        long reads,
        long writesOld,
        long writesNew,
        long failed,
        long late,
        long wrong,
        String p50,
        String p99,
        String slowest,
        long gapMillis,
        List<String> examples) {
    /** A switch that is not done by then is given up. */
    static final int LONGEST_WAIT_MILLIS = 3_000;

    static TrafficSeen of(Answers tally) {
        return new TrafficSeen(
                tally.number("reads"),
                tally.number("writesOld"),
                tally.number("writesNew"),
                tally.number("failed"),
                tally.number("late"),
                tally.number("wrong"),
                tally.text("p50"),
                tally.text("p99"),
                tally.text("slowest"),
                tally.number("gap"),
                tally.all("example"));
    }

    boolean isRight() {
        return failed + wrong == 0;
    }

    boolean bothWrote() {
        return writesOld > 0 && writesNew > 0;
    }

    boolean waitedShortly() {
        return Double.parseDouble(slowest) < LONGEST_WAIT_MILLIS;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "traffic: %,d writes by 1.0.0, %,d by 2.0.0, %,d reads (%d of them a moment late), %d failed, %d wrong;"
                        + " a write takes %s ms, 99 %% of them less than %s",
                writesOld,
                writesNew,
                reads + late,
                late,
                failed,
                wrong,
                p50,
                p99);
    }

    String pause() {
        return "as callers saw it, the slowest write took " + slowest + " ms, the longest time without any was "
                + gapMillis + " ms";
    }
}
