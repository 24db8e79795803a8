package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.benchmarks.Goal;
import io.grayrelease.benchmarks.Machine;
import io.grayrelease.benchmarks.Medians;
import io.grayrelease.nginx.agent.AgentSettings.Driver;

/**
 * A run as a page.
 *
 * @param busy load of the machine before the run
 */
record NginxPage(
        boolean quick, double busy, Lengths lengths, Steady steady, List<UnderChanges> changes, List<Effect> effects) {
    private static final double P99_GOAL = 1.1;

    private static final String OTHERS =
            """

            **Others worked on the machine meanwhile.** Requests/s, p99 and their ratios are noise to a good part; what can be relied on is
            how many requests failed.
            """;

    String text() throws IOException {
        return "# Benchmarks of Nginx\n\nWritten by `scripts/bench-nginx.sh`; do not edit.\n\n" + head()
                + steadySection() + changesSection() + effectSection();
    }

    private String head() throws IOException {
        return format(
                """
                | | |
                |---|---|
                | Run | %s, %s |
                | Machine | %s; 1-minute load before the run: %.1f |
                | Nginx | %s |
                | JVM | %s |

                All on one machine: wrk or the client that posts, the Nginx in front with 2 workers, one Nginx behind it that answers
                `return 200`, and the process that changes the policy. So figures compare with each other, and with no other machine.
                The policy has ten rules: three lists, networks, headers, a cookie, a remainder and three percentages. Requests failed if
                the connection did, or the answer was not 2xx. Ratios are taken round by round: the median, and the range of the middle half.
                %s""",
                quick
                        ? "quick (scripts/bench-nginx.sh --quick), so the figures are rough"
                        : "full (scripts/bench-nginx.sh)",
                LocalDate.now(ZoneOffset.UTC),
                Machine.hardware(),
                busy,
                versions(),
                Machine.java(),
                busy < Runtime.getRuntime().availableProcessors() ? "" : OTHERS);
    }

    private String versions() {
        return steady.rounds().keySet().stream()
                .map(front -> front.binary().version().toString())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String steadySection() {
        StringBuilder table = new StringBuilder(format(
                """

                ## Nothing changes

                wrk with one thread and 64 connections; fronts take turns in %d rounds of %d s. Medians.

                | nginx | in front | requests/s | p99 ms | failed | requests/s, ÷ plain | p99, ÷ plain |
                |---|---|--:|--:|--:|--:|--:|
                """,
                lengths.steadyRounds(), lengths.steady().toSeconds()));
        FrontPlan plain = null;
        for (FrontPlan front : steady.rounds().keySet()) {
            plain = front.driver() == null ? front : plain;
            table.append(row(
                    front.binary().version(),
                    front.name(),
                    steady.medians(front, LoadResult::perSecond),
                    number(steady.medians(front, LoadResult::p99Millis).middle()),
                    steady.failed(front),
                    ratio(front, plain, true),
                    ratio(front, plain, false)));
        }
        return table.toString();
    }

    private String ratio(FrontPlan front, @Nullable FrontPlan plain, boolean rate) {
        return plain == null || front.driver() == null
                ? ""
                : steady.ratio(front, plain, rate ? LoadResult::perSecond : LoadResult::p99Millis)
                        .asRatio();
    }

    private String changesSection() {
        StringBuilder text = new StringBuilder(
                format(
                        """

                ## The policy changes every 250 ms

                A percentage goes up and down. Changes that are wanted while one is made, or before its time, are made as one, as the agent does
                it. "÷ quiet" compares with the same round without changes.
                """));
        for (String load : changes.stream().map(UnderChanges::load).distinct().toList()) {
            text.append(loadSection(
                    changes.stream().filter(row -> row.load().equals(load)).toList()));
        }
        return text.toString();
    }

    private String loadSection(List<UnderChanges> rows) {
        Lengths.Length length = rows.get(0).load().equals(WrkLoad.NAME) ? lengths.wrk() : lengths.post();
        StringBuilder table = new StringBuilder(format(
                """

                ### %s

                %s Rounds: %d of %d s without changes and %d s with them.

                | nginx | in front | changes are | changes | requests | failed | failed per change | requests/s | p99 ms | requests/s, ÷ quiet | p99, ÷ quiet | goal |
                |---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|
                """,
                rows.get(0).load(),
                length.equals(lengths.wrk())
                        ? "One thread, 64 connections."
                        : "200 bytes from the JDK's client, 32 threads, connections kept alive, no request sent twice.",
                lengths.rounds(),
                length.quiet().toSeconds(),
                length.changing().toSeconds()));
        rows.forEach(row -> table.append(changesRow(row)));
        return table.toString();
    }

    private static String changesRow(UnderChanges row) {
        Goal goal = goal(row);
        return row(
                row.front().binary().version(),
                row.front().name(),
                row.how(),
                row.changes() + (row.failedChanges() == 0 ? "" : " (" + row.failedChanges() + " more failed)"),
                format("%,d", row.requests()),
                format("%,d", row.failed()) + (row.failedQuiet() == 0 ? "" : " (quiet: " + row.failedQuiet() + ")"),
                number((double) row.failed() / Math.max(1, row.changes())),
                row.changing(LoadResult::perSecond),
                number(row.changing(LoadResult::p99Millis).middle()),
                row.ratio(LoadResult::perSecond).asRatio(),
                row.ratio(LoadResult::p99Millis).asRatio(),
                goal == null ? "" : goal);
    }

    /** Only a push, and a reload of an Nginx that waits for its clients, can be without loss. */
    private static @Nullable Goal goal(UnderChanges row) {
        if (row.front().driver() == Driver.LUA) {
            Medians p99 = row.ratio(LoadResult::p99Millis);
            return new Goal("0 failed, p99 ≤ " + P99_GOAL + " ×", row.failed() == 0 && p99.middle() <= P99_GOAL);
        }
        return row.front().driver() == Driver.NATIVE && row.front().binary().waitsForClients()
                ? new Goal("0 failed", row.failed() == 0)
                : null;
    }

    private String effectSection() {
        StringBuilder table = new StringBuilder(format(
                """

                ## From a change to its effect

                One user asks every millisecond, each time on a new connection, and nobody else does. %d changes; milliseconds from the start of
                the driver's work, or from the publish in an Apollo that the agent listens to, until the user gets the new decision, and until
                no other comes any more: for a moment after a reload, workers with the old configuration take connections, too. Without the agent's limit
                on reloads (`reload.min-interval`), which counts only where the change before was made less than that time ago.

                | nginx | in front | from | new decision: median | worst | old one gone: median | worst |
                |---|---|---|--:|--:|--:|--:|
                """,
                lengths.publishes()));
        for (Effect row : effects) {
            table.append(row(
                    row.front().binary().version(),
                    row.front().name(),
                    row.from(),
                    row.medians(Effect.Times::first),
                    number(row.worst(Effect.Times::first)),
                    row.medians(Effect.Times::only),
                    number(row.worst(Effect.Times::only))));
        }
        return table.toString();
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String row(Object... cells) {
        StringBuilder row = new StringBuilder();
        for (Object cell : cells) {
            row.append("| ").append(cell).append(' ');
        }
        return row.append("|\n").toString();
    }
}
