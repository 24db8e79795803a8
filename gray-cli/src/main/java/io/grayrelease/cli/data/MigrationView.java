package io.grayrelease.cli.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.CompareReport;
import io.grayrelease.data.MigrationStatus;
import io.grayrelease.data.MigrationTool;
import io.grayrelease.data.ProcessStatus;
import io.grayrelease.policy.model.DataPhase;

/**
 * A migration as an operator looks at it.
 *
 * @param deadLetters how many by reason, the most frequent first
 */
record MigrationView(MigrationStatus status, Map<String, Integer> deadLetters) {
    private static final int REASONS = 5;
    private static final Duration LONG = Duration.ofSeconds(5);

    static MigrationView of(MigrationTool tool) throws UnreadableException {
        try {
            MigrationStatus status = tool.status();
            boolean dead = status.deadLetters().orElse(0) > 0;
            return new MigrationView(status, dead ? tool.deadLetters(REASONS) : Map.of());
        } catch (SQLException e) {
            throw new UnreadableException("the stores", Stores.reason(e), e);
        }
    }

    /** The processes that are there. */
    List<ProcessStatus> alive() {
        return status.processes().stream().filter(ProcessStatus::isAlive).toList();
    }

    /** How many of them want another phase. */
    long wishingOther() {
        return alive().size() - wishing(status.phase());
    }

    /** How many of them want this phase. */
    long wishing(DataPhase phase) {
        return alive().stream().filter(process -> wishes(process, phase)).count();
    }

    private static boolean wishes(ProcessStatus process, DataPhase phase) {
        return phase.name().equals(process.wish());
    }

    /** Whether a process knows what is fact. */
    boolean knows(ProcessStatus process) {
        return process.epoch() == status.epoch()
                && process.phase().equals(status.phase().name());
    }

    /** The processes that do not wish a phase, or do not know it to be the fact. */
    List<ProcessStatus> behind(DataPhase phase) {
        return alive().stream()
                .filter(process -> !wishes(process, phase) || !knows(process))
                .toList();
    }

    /** Whether a phase is the fact, and all processes wish and know it. */
    boolean isAt(DataPhase phase) {
        return status.isOpen()
                && status.phase() == phase
                && !alive().isEmpty()
                && behind(phase).isEmpty();
    }

    /** What is not as it should be; none if all is well. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        status.away().ifPresent(why -> wrong.add("a store does not answer: " + why));
        if (!status.isOpen()) {
            wrong.add("a switch of the store is under way");
        }
        if (alive().isEmpty()) {
            wrong.add("no process is there");
        } else if (wishingOther() > 0) {
            wrong.add(wishingOther() + " of " + alive().size() + " processes wish another phase");
        }
        long unknowing = alive().stream().filter(process -> !knows(process)).count();
        if (unknowing > 0) {
            wrong.add(unknowing + " of " + alive().size() + " processes do not know the fact yet");
        }
        inTheData(wrong);
        return wrong;
    }

    private void inTheData(List<String> wrong) {
        status.deadLetters().filter(dead -> dead > 0).ifPresent(dead -> wrong.add(dead + " dead letters"));
        if (status.backlog().age().compareTo(LONG) > 0) {
            wrong.add("events wait for more than " + LONG.toSeconds() + " s");
        }
        boolean both = status.phase() != DataPhase.OLD_ONLY && status.phase() != DataPhase.NEW_ONLY;
        status.compare()
                .map(CompareReport::left)
                .filter(left -> both && left > 0)
                .ifPresent(left -> wrong.add(left + " rows differ"));
    }

    /** In one line, without what changes all the time. */
    String line() {
        List<String> wrong = wrong();
        return status.name() + " " + status.phase() + " epoch " + status.epoch() + ", " + alive().size()
                + " processes, copy "
                + status.copy()
                        .map(copy -> copy.isDone() ? "done" : percent(copy.rowsRead(), copy.rowsTotal()))
                        .orElse("unknown")
                + (wrong.isEmpty() ? "" : ": " + String.join("; ", wrong));
    }

    private static String percent(long part, long total) {
        return (total == 0 ? 0 : 100 * part / total) + " %";
    }
}
