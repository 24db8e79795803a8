package io.grayrelease.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Report;
import io.grayrelease.data.Gate;
import io.grayrelease.data.ProcessStatus;
import io.grayrelease.policy.model.DataPhase;

/**
 * What became of a step.
 *
 * @param wanted the phase that was to become fact
 * @param view what was seen last
 * @param gates of the step that was looked at
 * @param published whether the wish was released by this command
 * @param switched whether another store orders the writes since then
 * @param takeBack how to take the wish back; null where it is the fact, and where nobody wishes it
 */
record StepOutcome(
        Kind kind,
        DataPhase wanted,
        MigrationView view,
        List<Gate> gates,
        boolean published,
        boolean switched,
        double seconds,
        @Nullable String takeBack)
        implements Report {
    /** How a command ended. */
    enum Kind {
        /** The fact is there, and everybody knows. */
        ARRIVED,
        /** The time is over. */
        BEHIND,
        /** A gate was shut, so nothing was released. */
        SHUT,
        /** A person said no. */
        REFUSED
    }

    @Override
    public void print(Console console) {
        switch (kind) {
            case ARRIVED -> console.line(
                    console.green("arrived") + ": " + where() + ", " + all() + ", after " + time() + pause());
            case BEHIND -> printBehind(console);
            case SHUT -> {
                console.line(console.red("not released") + ": " + where() + ", and the way to " + wanted + " is shut:");
                reasons().forEach(reason -> console.line("  " + reason));
            }
            case REFUSED -> console.line("not released: the answer was no, nothing has changed");
        }
    }

    private String all() {
        int alive = view.alive().size();
        return alive == 1 ? "its process knows" : "all " + alive + " processes know";
    }

    private String where() {
        return view.status().name() + " is in " + Words.phase(view.status());
    }

    private String time() {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private String pause() {
        return view.status()
                .lastPause()
                .filter(pause -> switched)
                .map(pause -> "; writes waited " + pause.toMillis() + " ms")
                .orElse("");
    }

    private void printBehind(Console console) {
        console.line(console.red("not arrived") + ": " + where() + " after " + time() + ", wanted is " + wanted);
        view.behind(wanted).forEach(process -> console.line("  behind: " + name(process)));
        reasons().forEach(reason -> console.line("  shut: " + reason));
        view.status().troubles().forEach(trouble -> console.line("  wrong: " + trouble));
        view.troubled().forEach(process -> console.line("  tried: " + process.name() + ": " + process.trouble()));
        if (view.status().isHandedOver()) {
            console.line(view.status().phase() + " is handed over, and " + Words.primary(view.status())
                    + " has not opened: writes wait. See the services' logs, and that store; any service opens it as soon"
                    + " as it can.");
        } else if (view.status().phase() == wanted && view.behind(wanted).isEmpty()) {
            console.line("It is the fact, but " + Words.standing(view.status()) + ".");
        } else if (view.status().phase() == wanted) {
            console.line("It is the fact; who is behind has not heard of it, or wishes another phase.");
        } else if (takeBack == null && !view.status().knowsProcesses()) {
            console.line("Which processes wish " + wanted + " is not known.");
        } else if (takeBack == null) {
            console.line("No process wishes " + wanted + ": it was not published, or none of them has seen it yet.");
        } else {
            console.line("The wish stays, and the step is taken as soon as nothing is in its way. To take it back:");
            console.line("  " + takeBack);
        }
    }

    private static String name(ProcessStatus process) {
        return process.name() + ", wishes " + (process.wish() == null ? "nothing yet" : process.wish()) + ", knows "
                + process.phase() + " of epoch " + process.epoch() + ", seen " + Words.of(process.age()) + " ago";
    }

    private List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (view.alive().isEmpty()) {
            reasons.add(
                    view.status().knowsProcesses()
                            ? "no process is there that would take the step"
                            : "which processes are there is not known");
        }
        gates.forEach(gate -> gate.reasons().forEach(reason -> reasons.add(gate.name() + ": " + reason)));
        return reasons;
    }

    @Override
    public Object json() {
        return new Json(
                kind.name().toLowerCase(Locale.ROOT),
                view.status().name(),
                wanted.name(),
                view.status().phase().name(),
                published,
                seconds,
                reasons(),
                ViewJson.processes(kind == Kind.BEHIND ? view.behind(wanted) : List.of()),
                kind == Kind.BEHIND ? takeBack : null);
    }

    private record Json(
            String outcome,
            String migration,
            String wanted,
            String phase,
            boolean published,
            double seconds,
            List<String> shut,
            List<ViewJson.Member> behind,
            @Nullable String takeBack) {}

    @Override
    public int exitCode() {
        return kind == Kind.ARRIVED ? ExitCode.FINE : ExitCode.NO;
    }
}
