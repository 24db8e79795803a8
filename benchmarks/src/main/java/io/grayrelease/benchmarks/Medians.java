package io.grayrelease.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The middle of some values, and between which the middle half of them lies. */
public record Medians(double lower, double middle, double upper) {
    public static Medians of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        return new Medians(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    /** Between two values, in proportion. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** As a ratio with its range: {@code 0.99 (0.97 - 1.01)}. */
    public String asRatio() {
        return String.format(Locale.ROOT, "%.2f (%.2f - %.2f)", middle, lower, upper);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, middle < 100 ? "%.1f" : "%,.0f", middle);
    }
}
