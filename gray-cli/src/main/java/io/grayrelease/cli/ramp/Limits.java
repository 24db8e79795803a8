package io.grayrelease.cli.ramp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much worse than the baseline a gray version may be.
 *
 * @param minRequests how many requests both must have had, before anything is said
 * @param maxErrorRate gray minus baseline, as a part of the requests, 0..1
 * @param maxP99Millis gray minus baseline
 */
record Limits(double minRequests, double maxErrorRate, double maxP99Millis) {
    /** A figure that is not known never passes; one that is known to be too bad is a breach all the same. */
    Judgement judge(Figures gray, Figures baseline) {
        if (!(gray.requests() >= minRequests) || !(baseline.requests() >= minRequests)) { // NaN, too
            return new Judgement(
                    Judgement.Kind.HOLD,
                    String.format(
                            Locale.ROOT,
                            "%.0f gray and %.0f baseline requests, %.0f of each are needed",
                            gray.requests(),
                            baseline.requests(),
                            minRequests));
        }
        double errorRate = gray.errorRate() - baseline.errorRate();
        double p99 = gray.p99Millis() - baseline.p99Millis();
        String figures = String.format(
                Locale.ROOT,
                "error rate %+.3f %% (at most %+.3f %%), p99 %+.1f ms (at most %+.1f ms) against the baseline, %.0f gray requests",
                percent(errorRate),
                percent(maxErrorRate),
                p99,
                maxP99Millis,
                gray.requests());
        if (errorRate > maxErrorRate || p99 > maxP99Millis) {
            return new Judgement(Judgement.Kind.BREACH, figures);
        }
        List<String> unknown = new ArrayList<>();
        if (Double.isNaN(errorRate)) {
            unknown.add("error rate");
        }
        if (Double.isNaN(p99)) {
            unknown.add("p99");
        }
        return unknown.isEmpty()
                ? new Judgement(Judgement.Kind.PASS, figures)
                : new Judgement(Judgement.Kind.HOLD, "not known: " + String.join(", ", unknown) + "; " + figures);
    }

    private static double percent(double part) {
        return 100 * part;
    }
}
