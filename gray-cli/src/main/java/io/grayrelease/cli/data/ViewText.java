package io.grayrelease.cli.data;

import java.time.temporal.ChronoUnit;
import java.util.List;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.Table;
import io.grayrelease.data.CompareReport;
import io.grayrelease.data.Gate;
import io.grayrelease.data.MigrationStatus;
import io.grayrelease.data.ProcessStatus;
import io.grayrelease.policy.model.DataPhase;

/** Writes views of migrations for people. */
final class ViewText {
    private final Console console;

    ViewText(Console console) {
        this.console = console;
    }

    void print(MigrationView view) {
        MigrationStatus status = view.status();
        console.line(
                console.bold(status.name()) + ": " + status.phase() + " is fact, epoch " + status.epoch() + "; the "
                        + (status.phase().isNewPrimary() ? "new" : "old") + " store "
                        + (status.isOpen() ? "takes writes" : "is being left, writes wait"));
        field(
                "backlog",
                Words.of(status.backlog().events()) + (status.backlog().events() == 1 ? " event" : " events")
                        + ", the oldest waits "
                        + Words.of(status.backlog().age()));
        field("dead letters", status.deadLetters().map(String::valueOf).orElse("unknown"));
        view.deadLetters().forEach((reason, count) -> console.line("    " + count + " x " + reason));
        field("copy", status.copy().map(Words::of).orElse("unknown"));
        field("compare", status.compare().map(ViewText::compared).orElse("unknown"));
        status.lastPause().ifPresent(pause -> field("last switch", "writes waited " + pause.toMillis() + " ms"));
        printNext(view);
        view.wrong().forEach(wrong -> console.line("  " + console.red("wrong") + "         " + wrong));
        console.line("");
        print(status.processes());
    }

    private void field(String name, String value) {
        console.line("  " + String.format("%-14s", name) + value);
    }

    private static String compared(CompareReport report) {
        if (report.run() == 0) {
            return "none yet";
        }
        String at = report.began()
                .map(began -> " of " + began.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        return "run " + report.run() + at + ", " + Words.of(report.rows()) + " rows, "
                + (report.isClean() ? "clean" : report.left() + " differ")
                + (report.finished().isPresent() ? "" : ", not at its end");
    }

    private void printNext(MigrationView view) {
        DataPhase next = view.status().next().orElse(null);
        List<String> shut = view.status().shut();
        if (next == null) {
            field("next", "none, this is the last phase");
            shut.forEach(reason -> console.line("    " + reason));
            return;
        }
        field(
                "next",
                next + ", " + wishing(view, next) + (shut.isEmpty() ? "; nothing is in its way" : "; not taken now:"));
        shut.forEach(reason -> console.line("    " + reason));
    }

    private static String wishing(MigrationView view, DataPhase next) {
        boolean back = next.compareTo(view.status().phase()) < 0;
        long wishing = back ? view.wishingBack() : view.wishingOn();
        if (wishing > 0) {
            return Words.processes(wishing) + (wishing == 1 ? " wishes" : " wish") + " to go "
                    + (back ? "back there or further" : "there or beyond");
        }
        return view.wishingNothing() == 0 ? "nobody wishes it" : "nobody wishes it, as far as a policy was read";
    }

    void print(List<ProcessStatus> processes) {
        if (processes.isEmpty()) {
            return;
        }
        Table table = Table.of("process", "wish", "knows", "epoch", "seen");
        processes.forEach(process -> table.row(
                process.name(),
                process.wish() == null ? "none" : process.wish(),
                process.phase(),
                process.epoch(),
                Words.of(process.age()) + " ago" + (process.isAlive() ? "" : ", gone")));
        table.print(console);
    }

    void printGates(DataPhase next, List<Gate> gates) {
        console.line("before " + next + ":");
        gates.forEach(gate -> {
            console.line(
                    (gate.isOpen() ? "  " + console.green("open") : "  " + console.red("shut")) + "  " + gate.name());
            gate.reasons().forEach(reason -> console.line("        " + reason));
        });
    }
}
