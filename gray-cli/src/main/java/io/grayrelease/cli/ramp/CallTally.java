package io.grayrelease.cli.ramp;

import java.util.Map;
import java.util.TreeMap;

import io.grayrelease.cli.ramp.Scrape.Sample;

/** What has been counted of the calls of one version since the guard began. Not thread-safe. */
final class CallTally {
    private static final double QUANTILE = 0.99;
    private static final double MILLIS_PER_SECOND = 1_000;

    private double requests;
    private double errors;

    /** Calls by the upper bound of their duration in seconds; a bound counts all below it, too. */
    private final TreeMap<Double, Double> byDuration = new TreeMap<>();

    /** Adds by how much a sample has grown. */
    void add(Sample sample, double growth) {
        switch (sample.name()) {
            case "gray_calls_total" -> requests += growth;
            case "gray_call_failures_total" -> errors += growth;
            case "gray_call_duration_seconds_bucket" -> {
                String bound = sample.label("le");
                byDuration.merge(Scrape.number(bound == null ? "NaN" : bound), growth, Double::sum);
            }
            default -> {}
        }
    }

    CallTally copy() {
        CallTally copy = new CallTally();
        copy.requests = requests;
        copy.errors = errors;
        copy.byDuration.putAll(byDuration);
        return copy;
    }

    /** What was counted between an earlier copy and now. */
    Figures since(CallTally earlier) {
        TreeMap<Double, Double> durations = new TreeMap<>();
        byDuration.forEach((bound, calls) -> durations.put(bound, calls - earlier.byDuration.getOrDefault(bound, 0.0)));
        return new Figures(
                requests - earlier.requests, errors - earlier.errors, MILLIS_PER_SECOND * quantile(durations));
    }

    /** As Prometheus' histogram_quantile: calls are taken as spread evenly within a bucket; beyond the last bound, that bound. */
    private static double quantile(Map<Double, Double> sorted) {
        double all = sorted.values().stream().mapToDouble(calls -> calls).max().orElse(0);
        double rank = QUANTILE * all;
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : sorted.entrySet()) {
            if (all > 0 && bucket.getValue() >= rank) {
                return Double.isInfinite(bucket.getKey())
                        ? lower
                        : lower + (bucket.getKey() - lower) * (rank - below) / (bucket.getValue() - below);
            }
            lower = bucket.getKey();
            below = bucket.getValue();
        }
        return Double.NaN;
    }
}
