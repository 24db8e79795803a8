package io.grayrelease.benchmarks;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** What a measurement should be, and whether it is. */
public record Goal(String text, boolean met) {
    private static final int ROUTER_TIMES = 2;
    private static final int CARRYING_NANOS = 150;

    /** The goal of a measurement, or null if it has none; the floor is what it is compared with, if anything. */
    static @Nullable Goal of(Measurement measurement, @Nullable Measurement floor) {
        return switch (measurement.group() + "." + measurement.name()) {
            case "RoutingBenchmark.grayTagged", "RoutingBenchmark.grayUntagged" -> router(measurement, floor);
            case "CarryingBenchmark.filters" -> carrying(measurement, floor);
            case "DecisionBenchmark.decide" -> measurement.number("rules") <= 10
                    ? atMost(measurement, 300, "300 ns")
                    : atMost(measurement, 10_000, "10 µs");
            case "DecisionBenchmark.parseAndCheck" -> atMost(measurement, 300e6, "300 ms");
            case "EffectBenchmark.inForce" -> effect(measurement, floor);
            case "IndexBenchmark.index" -> measurement.number("providers") == 10_000
                    ? atMost(measurement, 20e6, "20 ms")
                    : null;
            default -> null;
        };
    }

    private static Goal atMost(Measurement measurement, double nanos, String text) {
        return new Goal("≤ " + text, measurement.nanos() <= nanos);
    }

    private static @Nullable Goal router(Measurement measurement, @Nullable Measurement floor) {
        if (floor == null) {
            return null;
        }
        boolean met = measurement.nanos() <= ROUTER_TIMES * floor.nanos()
                && measurement.bytes() <= ROUTER_TIMES * floor.bytes();
        return new Goal("≤ " + ROUTER_TIMES + " × time, ≤ " + ROUTER_TIMES + " × bytes", met);
    }

    private static @Nullable Goal carrying(Measurement measurement, @Nullable Measurement floor) {
        return floor == null
                ? null
                : new Goal(
                        "≤ " + CARRYING_NANOS + " ns more than without",
                        measurement.nanos() - floor.nanos() <= CARRYING_NANOS);
    }

    private static @Nullable Goal effect(Measurement measurement, @Nullable Measurement floor) {
        return floor == null
                ? null
                : new Goal(
                        "≤ 10 ms after the delivery",
                        measurement.nanos() - floor.nanos()
                                <= Duration.ofMillis(10).toNanos());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %s", text, met ? "met" : "**missed**");
    }
}
