package io.grayrelease.benchmarks.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.grayrelease.benchmarks.Goal;

/** What was lost under kills, as a section of the page. */
record KillSection(List<KillRun> runs) {
    private static final int LEAST_PER_SECOND = 1_000;

    String text() {
        if (runs.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(head(runs.get(0).lengths()));
        runs.forEach(run -> text.append(row(run)));
        return text.append(legend()).toString();
    }

    private static String head(KillLengths lengths) {
        return String.format(
                Locale.ROOT,
                """

                ## What is lost when everything is killed

                %,d rows are copied while two versions of a service write, in processes of their own: updates, inserts, deletes, inserts of the
                same key again; half of the writes are of 100 keys. %,d writes per second are wanted. Kills are of kind -9, one %.1f s after
                the last one is up again; the copy is throttled to %,d rows/s to last as long. The naive dual write commits in the old
                store, then writes the same in the new one, and its copy inserts what is not there (`ON CONFLICT DO NOTHING`).

                | | databases | kills | acknowledged writes | per second | copied after s | lost in old | lost in new | missing | extra | different | new columns lost | goal |
                |---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
                """,
                lengths.rows(),
                lengths.rate(),
                lengths.between().toMillis() / 1_000.0,
                lengths.copyRate());
    }

    private static String row(KillRun run) {
        Verdict verdict = run.verdict();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %,d (and %d in doubt) | %,.0f | %.0f | %,d | %,d | %,d | %,d | %,d | %,d | %s |%n",
                run.gray() ? "`gray-data`" : "naive dual write",
                run.databases(),
                run.kills().entrySet().stream()
                        .map(kill -> kill.getKey() + " " + kill.getValue())
                        .collect(Collectors.joining(", ")),
                run.acknowledged(),
                run.doubtful(),
                run.perSecond(),
                run.secondsToCopy(),
                verdict.lostInOld(),
                verdict.lostInNew(),
                verdict.missing(),
                verdict.extra(),
                verdict.different(),
                verdict.extrasLost(),
                run.gray() ? goal(run) : "");
    }

    private static Goal goal(KillRun run) {
        boolean met = run.verdict().isClean() && run.perSecond() >= LEAST_PER_SECOND;
        return new Goal(String.format(Locale.ROOT, "0 lost, 0 divergent at ≥ %,d writes/s", LEAST_PER_SECOND), met);
    }

    private static String legend() {
        return """

                *Lost*: keys whose last acknowledged write is not in that store, by the logs of the services. *Missing, extra, different*: rows of the
                new store, of which the old one has another opinion, by a full compare that is not `gray-data`'s. *New columns lost*: rows
                whose columns that only the new store has are not as the last acknowledged write of them left them.
                A write is *in doubt* if its process was killed before the answer came; it may be there or not.
                """;
    }
}
