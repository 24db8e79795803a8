package io.grayrelease.benchmarks.data;

import java.util.List;
import java.util.Locale;

/** How a copy scales, as a section of the page. */
record CopySection(List<CopyScaling> copies) {
    String text() {
        if (copies.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """

                ## A copy with several processes

                %,d rows of about 100 bytes, processes with one worker each, as fast as they go, while nothing else writes. Databases and
                copies share the cores of one machine.

                | database | processes | rows/s | ÷ one process |
                |---|--:|--:|--:|
                """,
                copies.get(0).rows()));
        copies.forEach(copy -> copy.perSecond().keySet().forEach(count -> text.append(row(copy, count))));
        return text.toString();
    }

    private static String row(CopyScaling copy, int count) {
        double one = copy.perSecond().values().iterator().next();
        double rate = copy.perSecond().getOrDefault(count, 0.0);
        return String.format(Locale.ROOT, "| %s | %d | %,.0f | %.2f |%n", copy.database(), count, rate, rate / one);
    }
}
