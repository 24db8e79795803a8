package io.grayrelease.benchmarks.data;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.grayrelease.benchmarks.Goal;
import io.grayrelease.benchmarks.Medians;
import io.grayrelease.benchmarks.data.SwitchPause.Switched;

/** How long writes wait at a switch, as a section of the page. */
record SwitchSection(List<SwitchPause> pauses) {
    private static final int GOAL_MILLIS = 500;

    String text() {
        if (pauses.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """

                ## Switching the primary

                Two versions of a service want %,d writes per second together, of %,d rows; the primary goes from the old store to the new one
                and back, a second apart. The pause is what the switch says of itself; the longest write is the longest of all that ran between
                the wish and the fact. At the end, both stores are compared with each other, and with what was acknowledged.

                | database | switches | pause ms: median | maximum | longest write ms: median | maximum | writes | failed | lost or divergent | goal |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|---|
                """,
                pauses.get(0).rate(),
                pauses.get(0).rows()));
        pauses.forEach(pause -> text.append(row(pause)));
        return text.toString();
    }

    private static String row(SwitchPause pause) {
        double longest = max(pause, Switched::longestMillis);
        Verdict verdict = pause.verdict();
        long wrong = verdict.divergent() + verdict.lostInOld() + verdict.lostInNew() + verdict.extrasLost();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %,.0f | %s | %,.0f | %,d | %,d | %,d | %s |%n",
                pause.database(),
                pause.switches().size(),
                median(pause, Switched::pauseMillis),
                max(pause, Switched::pauseMillis),
                median(pause, Switched::longestMillis),
                longest,
                pause.acknowledged(),
                pause.failed(),
                wrong,
                new Goal(
                        "longest write < " + GOAL_MILLIS + " ms, 0 failed, 0 lost",
                        longest < GOAL_MILLIS && pause.failed() + wrong == 0));
    }

    private static Medians median(SwitchPause pause, ToDoubleFunction<Switched> value) {
        return Medians.of(pause.switches().stream().mapToDouble(value));
    }

    private static double max(SwitchPause pause, ToDoubleFunction<Switched> value) {
        return pause.switches().stream().mapToDouble(value).max().orElse(0);
    }
}
