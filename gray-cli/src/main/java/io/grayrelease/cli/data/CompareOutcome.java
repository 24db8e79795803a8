package io.grayrelease.cli.data;

import java.util.EnumMap;
import java.util.Map;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Report;
import io.grayrelease.cli.Table;
import io.grayrelease.data.CompareReport;
import io.grayrelease.data.Difference;
import io.grayrelease.data.Difference.Kind;

/**
 * What a comparison found.
 *
 * @param shown how many rows are named
 */
record CompareOutcome(CompareReport report, int shown) implements Report {
    @Override
    public void print(Console console) {
        console.line((report.isClean() ? console.green("clean") : console.red("not clean")) + ": run " + report.run()
                + ", " + Words.of(report.rows()) + " rows compared, " + Words.of(report.found()) + " differed, "
                + Words.of(report.found() - report.left()) + " are the same by now, " + Words.of(report.left())
                + " are left");
        if (report.finished().isEmpty()) {
            console.line("It is not at its end: started again, it goes on there, unless too many rows differ.");
        }
        if (!report.differences().isEmpty()) {
            printKinds(console);
            printRows(console);
        }
    }

    private void printKinds(Console console) {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        report.differences().forEach(difference -> counts.merge(difference.kind(), 1, Integer::sum));
        Table table = Table.of("kind", "rows", "means");
        counts.forEach((kind, count) -> table.row(kind, count, meaning(kind)));
        console.line("");
        table.print(console);
        if (report.left() > report.differences().size()) {
            console.line("These are the first " + Words.of(report.differences().size()) + " by key.");
        }
    }

    private static String meaning(Kind kind) {
        return switch (kind) {
            case MISSING -> "the store that is not primary lacks the row";
            case EXTRA -> "only the store that is not primary has it";
            case DIFF -> "some columns differ";
            case UNSURE -> "it was written all the time, or its event waits: compare again";
            case EXTRAS -> "columns of the new store are not as the service wants them";
        };
    }

    private void printRows(Console console) {
        Table table = Table.of("kind", "key", "columns");
        report.differences().stream().limit(shown).forEach(each -> row(table, each));
        console.line("");
        table.print(console);
        if (report.left() > shown) {
            console.line("... and " + Words.of(report.left() - shown) + " more, in gray_diff of the new store");
        }
    }

    private static void row(Table table, Difference difference) {
        table.row(difference.kind(), difference.key(), String.join(", ", difference.columns()));
    }

    @Override
    public Object json() {
        return ViewJson.compare(report, shown);
    }

    @Override
    public int exitCode() {
        return report.isClean() ? ExitCode.FINE : ExitCode.NO;
    }
}
