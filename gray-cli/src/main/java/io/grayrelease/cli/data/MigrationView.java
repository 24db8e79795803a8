package io.grayrelease.cli.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.data.CompareReport;
import io.grayrelease.data.CopyProgress;
import io.grayrelease.data.MigrationLook;
import io.grayrelease.data.MigrationStatus;
import io.grayrelease.data.ProcessStatus;
import io.grayrelease.policy.model.DataPhase;

/** A migration as an operator looks at it. */
record MigrationView(MigrationStatus status) {
    private static final Duration LONG = Duration.ofSeconds(5);

    static MigrationView of(MigrationLook look) throws UnreadableException {
        try {
            return new MigrationView(look.status());
        } catch (SQLException e) {
            throw Stores.unreadable(e);
        } catch (IllegalArgumentException e) {
            throw Stores.unreadable(e);
        }
    }

    /** The processes that are there. */
    List<ProcessStatus> alive() {
        return status.processes().stream().filter(ProcessStatus::isAlive).toList();
    }

    /** How many of them have no wish: they have read no policy, or none that they accept. */
    long wishingNothing() {
        return alive().stream().filter(process -> process.wish() == null).count();
    }

    /** How many of them want a phase that comes after the fact. */
    long wishingOn() {
        return wishing(phase -> phase.compareTo(status.phase()) > 0);
    }

    /** How many of them want a phase that comes before the fact. */
    long wishingBack() {
        return wishing(phase -> phase.compareTo(status.phase()) < 0);
    }

    private long wishing(Predicate<DataPhase> which) {
        return Arrays.stream(DataPhase.values())
                .filter(which)
                .mapToLong(this::wishing)
                .sum();
    }

    private long notReady() {
        return alive().stream().filter(process -> !process.isReady()).count();
    }

    /** How many of them want something that this version does not know. */
    private long wishingUnknown() {
        return alive().size() - notReady() - wishingNothing() - wishing(phase -> true);
    }

    /** How many of them want this phase. */
    long wishing(DataPhase phase) {
        return alive().stream().filter(process -> wishes(process, phase)).count();
    }

    /** Those that live and could not take a step. */
    List<ProcessStatus> troubled() {
        return alive().stream().filter(process -> process.trouble() != null).toList();
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
        wrong.addAll(status.troubles());
        if (status.isHandedOver()) {
            wrong.add(Words.primary(status) + " was handed " + status.phase() + " and has not opened: writes wait; see"
                    + " the services' logs, and that store");
        } else if (status.isCertain() && !status.isOpen()) {
            wrong.add("a switch of the store is under way");
        }
        ofProcesses(wrong);
        inTheData(wrong);
        return wrong;
    }

    private void ofProcesses(List<String> wrong) {
        if (alive().isEmpty()) {
            wrong.add(status.knowsProcesses() ? "no process is there" : "which processes are there is not known");
        }
        if (!status.isCertain()) {
            return;
        }
        some(wishingNothing(), "has", "have", "read no policy yet, or none without errors", wrong);
        some(wishingOn(), "wishes", "wish", "to go on from " + status.phase(), wrong);
        some(wishingBack(), "wishes", "wish", "to go back from " + status.phase(), wrong);
        some(notReady(), "is", "are", "not ready for the next step", wrong);
        some(wishingUnknown(), "wishes", "wish", "a phase that this grayctl does not know", wrong);
        long unknowing = alive().stream().filter(process -> !knows(process)).count();
        some(unknowing, "does", "do", "not know the fact yet", wrong);
    }

    /** Adds what some of the processes do, if any does. */
    private void some(long count, String one, String more, String what, List<String> wrong) {
        if (count > 0) {
            wrong.add(Words.part(count, alive().size()) + " " + (count == 1 ? one : more) + " " + what);
        }
    }

    private void inTheData(List<String> wrong) {
        status.deadLetters()
                .filter(dead -> dead > 0)
                .ifPresent(dead -> wrong.add(dead + (dead == 1 ? " dead letter" : " dead letters")));
        status.backlog()
                .filter(backlog -> backlog.age().compareTo(LONG) > 0)
                .ifPresent(backlog -> wrong.add("events wait for more than " + LONG.toSeconds() + " s"));
        boolean both = status.phase() != DataPhase.OLD_ONLY && status.phase() != DataPhase.NEW_ONLY;
        status.compare()
                .map(CompareReport::left)
                .filter(left -> both && left > 0)
                .ifPresent(left -> wrong.add(left + (left == 1 ? " row differs" : " rows differ")));
    }

    /** In one line, without what changes all the time. */
    String line() {
        List<String> wrong = wrong();
        return status.name() + " " + Words.phase(status) + " epoch " + status.epoch() + ", "
                + Words.processes(alive().size()) + ", copy "
                + status.copy().map(this::copied).orElse("unknown")
                + (wrong.isEmpty() ? "" : ": " + String.join("; ", wrong));
    }

    private String copied(CopyProgress copy) {
        if (status.isRoundOver()) {
            return "none in this phase";
        }
        return copy.isDone() ? "done" : percent(copy.rowsRead(), copy.rowsTotal());
    }

    private static String percent(long part, long total) {
        return (total == 0 ? 0 : 100 * part / total) + " %";
    }
}
