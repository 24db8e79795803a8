package io.grayrelease.benchmarks.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.grayrelease.benchmarks.Goal;
import io.grayrelease.benchmarks.Medians;

/** How fast stores are compared, as a section of the page. */
record CompareSection(List<CompareSpeed> speeds) {
    private static final String CHECKSUM = "`pt-table-checksum`";

    String text() {
        if (speeds.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """

                ## Comparing both stores

                %,d rows of about 100 bytes, in memory. `gray-data` compares two tables of different columns in two servers, with one worker;
                `pt-table-checksum` reads one table in one server (it compares by replication, which is not set up), and its start does not
                count. Medians of %d runs. *Rows* are counted once for both stores, and *read* is what the databases read for them. Under writes:
                %,d per second are wanted, by processes on the same cores, and a difference that is found would be a false one.

                | database | | rows/s | read/s | false differences | goal |
                |---|---|--:|--:|--:|---|
                """,
                speeds.get(0).rows(),
                speeds.get(0).quiet().size(),
                speeds.get(0).rate()));
        speeds.forEach(speed -> text.append(rows(speed)));
        return text.toString();
    }

    private static String rows(CompareSpeed speed) {
        double quiet = median(speed.quiet());
        double underWrites = median(speed.underWrites());
        List<Goal> goals = new ArrayList<>(List.of(new Goal("0 false", speed.falsePositives() == 0)));
        goals.addAll(goals(underWrites, speed.checksumUnderWrites()));
        String text = row(speed, "`gray-data`, nothing writes", quiet, 2, "", goals(quiet, speed.checksum()))
                + row(speed, "`gray-data`, under writes", underWrites, 2, "" + speed.falsePositives(), goals);
        return speed.checksum().isEmpty()
                ? text
                : text
                        + row(speed, CHECKSUM + ", nothing writes", median(speed.checksum()), 1, "", List.of())
                        + row(
                                speed,
                                CHECKSUM + ", under writes",
                                median(speed.checksumUnderWrites()),
                                1,
                                "",
                                List.of());
    }

    private static List<Goal> goals(double perSecond, List<Double> checksum) {
        return checksum.isEmpty()
                ? List.of()
                : List.of(
                        new Goal("rows ≥ " + CHECKSUM, perSecond >= median(checksum)),
                        new Goal("read ≥ " + CHECKSUM, 2 * perSecond >= median(checksum)));
    }

    private static String row(
            CompareSpeed speed, String what, double perSecond, int stores, String differences, List<Goal> goals) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %s | %s |%n",
                speed.database(),
                what,
                perSecond,
                stores * perSecond,
                differences,
                goals.stream().map(Goal::toString).collect(Collectors.joining("; ")));
    }

    private static double median(List<Double> values) {
        return Medians.of(values.stream().mapToDouble(Double::doubleValue)).middle();
    }
}
