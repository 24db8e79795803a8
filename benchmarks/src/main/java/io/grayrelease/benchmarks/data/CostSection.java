package io.grayrelease.benchmarks.data;

import java.util.List;
import java.util.Locale;

import io.grayrelease.benchmarks.Goal;
import io.grayrelease.benchmarks.Medians;
import io.grayrelease.benchmarks.data.WayOfWriting.Round;

/** What writes cost, as a section of the page. */
record CostSection(List<WriteCost> costs) {
    private static final double GOAL = 1.3;

    String text() {
        StringBuilder text = new StringBuilder();
        if (!costs.isEmpty()) {
            text.append(head(costs.get(0).lengths()));
            costs.forEach(cost -> text.append(table(cost)));
        }
        return text.toString();
    }

    private static String head(CostLengths lengths) {
        return String.format(
                Locale.ROOT,
                """

                ## What a write costs

                %d threads update random rows of %,d; both stores are servers of their own. The ways take turns in %d rounds of
                %.1f s, in an order that changes; a round ends before the relay has brought everything over, and the next one begins after
                that ("drained after"). A direct write is a transaction with the same `UPDATE` in the old store. The synchronous dual
                commit commits in the new store before it commits in the old one. No writer waits for the new store in `CAPTURE`, but its server
                and the relay have the same cores as the writers: where threads write as fast as they go, their work is in the ratio. At %,d writes
                per second there is time for it, as in a service whose databases are not at their limit.
                """,
                lengths.threads(),
                lengths.keys(),
                lengths.rounds(),
                lengths.round().toMillis() / 1_000.0,
                lengths.calm());
    }

    private static String table(WriteCost cost) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                """

                ### %s, %s

                | write | p50 ms | p99 ms | writes/s | drained after s | p50, ÷ direct | p99, ÷ direct | goal |
                |---|--:|--:|--:|--:|--:|--:|---|
                """,
                cost.database(),
                cost.perSecond() == WriteCost.AS_FAST_AS_THEY_GO
                        ? "as fast as they go"
                        : cost.perSecond() + " writes per second"));
        cost.rounds().keySet().forEach(way -> table.append(row(cost, way)));
        return table.toString();
    }

    private static String row(WriteCost cost, String way) {
        Medians p50 = cost.ratio(way, round -> round.millis(50));
        boolean direct = way.equals(WriteCost.DIRECT);
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %,.0f | %.1f | %s | %s | %s |%n",
                way,
                cost.medians(way, round -> round.millis(50)).middle(),
                cost.medians(way, round -> round.millis(99)).middle(),
                cost.medians(way, Round::perSecond).middle(),
                cost.medians(way, Round::secondsToDrain).middle(),
                direct ? "" : p50.asRatio(),
                direct ? "" : cost.ratio(way, round -> round.millis(99)).asRatio(),
                way.startsWith("CAPTURE") ? new Goal("p50 ≤ " + GOAL + " ×", p50.middle() <= GOAL) : "");
    }
}
