package io.grayrelease.benchmarks.data;

import java.util.List;
import java.util.Locale;

import io.grayrelease.benchmarks.Goal;
import io.grayrelease.benchmarks.Medians;

/** How fast stores are compared, as a section of the page. */
record CompareSection(List<CompareSpeed> speeds) {
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
                count. Medians of %d runs; rows are counted once for both stores. Under writes: %,d per second are wanted, and a difference
                that is found would be a false one.

                | database | | rows/s | false differences | goal |
                |---|---|--:|--:|---|
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
        String text = row(speed, "`gray-data`, nothing writes", quiet, "", goal(quiet, speed.checksum()))
                + row(
                        speed,
                        "`gray-data`, under writes",
                        underWrites,
                        "" + speed.falsePositives(),
                        new Goal("0 false", speed.falsePositives() == 0)
                                + also(goal(underWrites, speed.checksumUnderWrites())));
        return speed.checksum().isEmpty()
                ? text
                : text
                        + row(speed, "`pt-table-checksum`, nothing writes", median(speed.checksum()), "", "")
                        + row(speed, "`pt-table-checksum`, under writes", median(speed.checksumUnderWrites()), "", "");
    }

    private static String goal(double perSecond, List<Double> checksum) {
        return checksum.isEmpty() ? "" : new Goal("≥ `pt-table-checksum`", perSecond >= median(checksum)).toString();
    }

    private static String also(String goal) {
        return goal.isEmpty() ? "" : "; " + goal;
    }

    private static String row(CompareSpeed speed, String what, double perSecond, String differences, String goal) {
        return String.format(
                Locale.ROOT, "| %s | %s | %,.0f | %s | %s |%n", speed.database(), what, perSecond, differences, goal);
    }

    private static double median(List<Double> values) {
        return Medians.of(values.stream().mapToDouble(Double::doubleValue)).middle();
    }
}
