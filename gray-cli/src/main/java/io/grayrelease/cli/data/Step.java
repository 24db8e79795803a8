package io.grayrelease.cli.data;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.Gate;
import io.grayrelease.data.MigrationLook;
import io.grayrelease.data.MigrationStatus;
import io.grayrelease.policy.model.DataPhase;

import picocli.CommandLine;

/** Changes the wish to a phase, and waits until it is the fact. */
final class Step {
    private static final long LOOK_MILLIS = 200;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Whether a person wants it. */
    interface Question {
        boolean ask(String question);
    }

    private final CommandLine line;
    private final MigrationLook look;
    private final String stores;
    private final @Nullable WishKey wish;
    private final DataPhase wanted;
    private final int epochBefore;
    private MigrationView view;
    private List<Gate> gates = List.of();
    private boolean published;
    private long beganNanos = System.nanoTime();

    /** @param stores as other commands are told of them */
    Step(
            CommandLine line,
            MigrationLook look,
            String stores,
            @Nullable WishKey wish,
            MigrationView view,
            DataPhase wanted) {
        this.line = line;
        this.look = look;
        this.stores = stores;
        this.wish = wish;
        this.view = view;
        this.epochBefore = view.status().epoch();
        this.wanted = wanted;
    }

    /**
     * Runs it.
     *
     * @param gated whether a gate that is shut keeps the wish from being released
     */
    StepOutcome run(boolean gated, Duration timeout, Question question)
            throws UnreadableException, InterruptedException {
        gates = gates();
        explain();
        if (wish != null) {
            String text = wish.text(wanted);
            if (gated && (view.alive().isEmpty() || !gates.stream().allMatch(Gate::isOpen))) {
                return outcome(StepOutcome.Kind.SHUT);
            }
            if (!wish.isReleased(text)) {
                if (!question.ask(
                        "Release " + wish + " = " + text + " in " + wish.place().namespace() + "?")) {
                    return outcome(StepOutcome.Kind.REFUSED);
                }
                wish.publish(text);
                published = true;
            }
        }
        return await(timeout);
    }

    private StepOutcome outcome(StepOutcome.Kind kind) {
        double seconds = (System.nanoTime() - beganNanos) / NANOS_PER_SECOND;
        boolean switched = view.status().epoch() != epochBefore;
        return new StepOutcome(kind, wanted, view, gates, published, switched, seconds, takeBack());
    }

    /** Of the next step on the way; none if there is none. */
    private List<Gate> gates() throws UnreadableException {
        DataPhase next = next();
        if (next == null) {
            return List.of();
        }
        MigrationStatus status = view.status();
        if (status.next().filter(next::equals).isPresent()) {
            return status.gates();
        }
        if (status.back().filter(next::equals).isPresent()) {
            return status.backGates();
        }
        try {
            return look.gates(next);
        } catch (SQLException e) {
            throw Stores.unreadable(e);
        }
    }

    private @Nullable DataPhase next() {
        return view.status().phase().towards(wanted);
    }

    /** What a person has to see before the question goes where people look, whatever form the report has. */
    private void explain() {
        PrintWriter err = line.getErr();
        ViewText text = new ViewText(new Console(err, line.getColorScheme().ansi()), stores);
        view.status().troubles().forEach(text::printTrouble);
        DataPhase next = next();
        if (next != null) {
            text.printGates(view.status().name(), next, gates);
        }
        text.print(view.alive());
        err.flush();
    }

    private StepOutcome await(Duration timeout) throws InterruptedException {
        beganNanos = System.nanoTime();
        try (StepLine progress = new StepLine(line)) {
            while (!view.isAt(wanted) && System.nanoTime() - beganNanos < timeout.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                lookAgain(progress);
            }
        }
        return outcome(view.isAt(wanted) ? StepOutcome.Kind.ARRIVED : StepOutcome.Kind.BEHIND);
    }

    /** A store may be away for a moment: that is no reason to give up. */
    private void lookAgain(StepLine progress) {
        try {
            view = MigrationView.of(look);
            gates = gates();
            progress.show(waiting());
        } catch (UnreadableException e) {
            progress.show(String.valueOf(e.getMessage()));
        }
    }

    private String waiting() {
        long wishing = view.wishing(wanted);
        String shut = gates.stream()
                .filter(gate -> !gate.isOpen())
                .map(Gate::name)
                .reduce((one, other) -> one + ", " + other)
                .map(names -> "; shut: " + names)
                .orElse("");
        return view.status().name() + " is in " + Words.phase(view.status()) + ", "
                + Words.part(wishing, view.alive().size()) + (wishing == 1 ? " wishes " : " wish ") + wanted + shut;
    }

    private @Nullable String takeBack() {
        DataPhase fact = view.status().phase();
        if (fact == wanted || (wish == null && view.wishing(wanted) == 0)) {
            return null;
        }
        return wish == null
                ? "set gray.data." + view.status().name() + " to " + fact
                        + " in Apollo, and keep what follows the phase"
                : "grayctl data rollback " + wish.place() + " " + view.status().name() + " --to " + fact
                        + (stores.isEmpty() ? "" : " " + stores);
    }
}
