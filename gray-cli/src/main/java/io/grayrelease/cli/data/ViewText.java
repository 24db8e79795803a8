package io.grayrelease.cli.data;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.Table;
import io.grayrelease.data.Backlog;
import io.grayrelease.data.CompareReport;
import io.grayrelease.data.CopyProgress;
import io.grayrelease.data.DeadLetter;
import io.grayrelease.data.Gate;
import io.grayrelease.data.MigrationStatus;
import io.grayrelease.data.ProcessStatus;
import io.grayrelease.policy.model.DataPhase;

/** Writes views of migrations for people. */
final class ViewText {
    private static final String VOID = "void: CAPTURE begins with an empty new store; of the round before: ";

    private final Console console;
    private final String stores;

    /** @param stores as other commands are told of them */
    ViewText(Console console, String stores) {
        this.console = console;
        this.stores = stores;
    }

    void print(MigrationView view) {
        MigrationStatus status = view.status();
        console.line(console.bold(status.name()) + ": " + Words.standing(status));
        field("backlog", status.backlog().map(ViewText::waiting).orElse("unknown"));
        field("dead letters", status.deadLetters().map(String::valueOf).orElse("unknown"));
        printDeadLetters(status);
        field("copy", status.copy().map(copy -> copied(status, copy)).orElse("unknown"));
        field(
                "compare",
                status.compare().map(report -> compared(status, report)).orElse("unknown"));
        status.lastPause().ifPresent(pause -> field("last switch", "writes waited " + pause.toMillis() + " ms"));
        printNext(view);
        printBack(status);
        view.wrong().forEach(wrong -> console.line("  " + console.red("wrong") + "         " + wrong));
        console.line("");
        print(status.processes());
        view.troubled().forEach(process -> console.line("  " + process.name() + ": " + process.trouble()));
    }

    private static String waiting(Backlog backlog) {
        return Words.of(backlog.events()) + (backlog.events() == 1 ? " event" : " events") + ", the oldest waits "
                + Words.of(backlog.age());
    }

    private void printDeadLetters(MigrationStatus status) {
        List<DeadLetter> letters = status.firstDeadLetters();
        letters.forEach(letter ->
                console.line("    key " + letter.key() + "  SQLSTATE " + letter.sqlState() + "  " + letter.reason()));
        int more = status.deadLetters().orElse(0) - letters.size();
        if (more > 0) {
            console.line("    ... and " + Words.of(more) + " more, in gray_dead");
        }
    }

    private static String copied(MigrationStatus status, CopyProgress copy) {
        boolean old = status.isRoundOver() && copy.rowsTotal() > 0;
        return (old ? VOID : "") + Words.of(copy);
    }

    private static String compared(MigrationStatus status, CompareReport report) {
        return (status.isRoundOver() && report.run() > 0 ? VOID : "") + compared(report);
    }

    void printTrouble(String trouble) {
        console.line(console.red("wrong") + ": " + trouble);
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
        MigrationStatus status = view.status();
        DataPhase next = status.next().orElse(null);
        if (!status.isOpen()) {
            field("next", status.isCertain() ? "none until the switch is at its end" : "unknown");
            return;
        }
        if (next == null) {
            field("next", "none, this is the last phase");
            status.shut().forEach(reason -> console.line("    " + reason));
            return;
        }
        boolean shut = !status.shut().isEmpty();
        field("next", next + ", " + wishing(view, next) + (shut ? "; not taken now:" : "; nothing is in its way"));
        printReasons(status.name(), status.gates());
    }

    private void printBack(MigrationStatus status) {
        DataPhase back = status.back().orElse(null);
        if (back == null) {
            if (status.isOpen() && status.phase() == DataPhase.NEW_ONLY) {
                field("back", "none, there is no way back from " + status.phase());
            }
            return;
        }
        boolean shut = !status.backShut().isEmpty();
        field("back", back + (shut ? "; not taken now:" : "; nothing is in its way"));
        printReasons(status.name(), status.backGates());
        console.line("    " + command("rollback NAMESPACE " + status.name() + " --to " + back));
    }

    /** Each reason once, and what helps. */
    private void printReasons(String migration, List<Gate> gates) {
        Set<String> lines = new LinkedHashSet<>();
        for (Gate gate : gates) {
            lines.addAll(gate.reasons());
            gate.remedy().ifPresent(remedy -> lines.add("-> " + command(remedy + " " + migration)));
        }
        lines.forEach(line -> console.line("    " + line));
    }

    private String command(String words) {
        return "grayctl data " + words + (stores.isEmpty() ? "" : " " + stores);
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

    void printGates(String migration, DataPhase next, List<Gate> gates) {
        console.line("before " + next + ":");
        gates.forEach(gate -> {
            console.line(
                    (gate.isOpen() ? "  " + console.green("open") : "  " + console.red("shut")) + "  " + gate.name());
            gate.reasons().forEach(reason -> console.line("        " + reason));
            gate.remedy().ifPresent(remedy -> console.line("        -> " + command(remedy + " " + migration)));
        });
    }
}
