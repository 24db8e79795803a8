package io.grayrelease.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.grayrelease.benchmarks.RpcResult.Round;
import io.grayrelease.benchmarks.RpcResult.Series;

/** Whole calls, as a section of the page. */
record RpcTable(RpcResult result) {
    private static final String OURS = "GRAY";
    private static final double THROUGHPUT_GOAL = 0.98;
    private static final double P99_GOAL = 1.02;
    private static final Map<String, String> TITLES = Map.of(
            "WITHOUT",
            "without our jars",
            OURS,
            "**our jars**",
            "TAG_ROUTER",
            "Dubbo's tag router",
            "CONDITION_ROUTER",
            "Dubbo's condition router");

    String section() {
        StringBuilder section = new StringBuilder(
                """

                ## Whole RPC

                A provider and a consumer process each (`%s`), %d threads that call without a pause, one call in ten for the gray
                version; they take turns, and figures are medians of the rounds. "Ours ÷" compares our jars with the row, round by
                round: the median, and the range of the middle half. Wrong calls failed or were answered by the wrong version.

                | protocol | providers | | calls/s | p50 µs | p99 µs | wrong | calls/s, ours ÷ | p99, ours ÷ | goal |
                |---|--:|---|--:|--:|--:|--:|--:|--:|---|
                """
                        .formatted(result.jvm(), result.threads()));
        result.series().forEach(series -> section.append(row(series)));
        return section.toString();
    }

    private String row(Series series) {
        return "| "
                + String.join(
                        " | ",
                        series.protocol(),
                        String.valueOf(series.providers()),
                        TITLES.getOrDefault(series.variant(), series.variant()),
                        median(series, Round::perSecond),
                        median(series, Round::p50),
                        median(series, Round::p99),
                        String.valueOf(
                                series.rounds().stream().mapToLong(Round::wrong).sum()),
                        comparison(series))
                + " |\n";
    }

    private static String median(Series series, ToDoubleFunction<Round> figure) {
        return Medians.of(series.rounds().stream().mapToDouble(figure)).toString();
    }

    /** The last three cells. */
    private String comparison(Series series) {
        if (series.variant().equals(OURS)) {
            return " |  | ";
        }
        Medians throughput = ours(series, Round::perSecond);
        Medians p99 = ours(series, Round::p99);
        Goal goal = new Goal(
                "≥ " + THROUGHPUT_GOAL + " calls/s, ≤ " + P99_GOAL + " p99",
                throughput.middle() >= THROUGHPUT_GOAL && p99.middle() <= P99_GOAL);
        return String.join(" | ", throughput.asRatio(), p99.asRatio(), goal.toString());
    }

    /** Ours by theirs, of every two rounds that were run beside each other. */
    private Medians ours(Series theirs, ToDoubleFunction<Round> figure) {
        List<Round> ours = result.series().stream()
                .filter(series -> series.variant().equals(OURS)
                        && series.protocol().equals(theirs.protocol())
                        && series.providers() == theirs.providers())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rounds with our jars beside " + theirs))
                .rounds();
        return Medians.of(
                IntStream.range(0, Math.min(ours.size(), theirs.rounds().size()))
                        .mapToDouble(i -> figure.applyAsDouble(ours.get(i))
                                / figure.applyAsDouble(theirs.rounds().get(i))));
    }
}
