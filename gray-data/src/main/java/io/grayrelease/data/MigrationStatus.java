package io.grayrelease.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/** Where a migration is, at one moment. Immutable. */
public final class MigrationStatus {
    private final Builder seen;

    private MigrationStatus(Builder seen) {
        this.seen = seen;
    }

    /** Gathers a status, and is not touched after; not thread-safe. */
    static final class Builder {
        private final String name;
        private final Fact fact;
        private final boolean certain;
        List<ProcessStatus> processes = Collections.emptyList();
        boolean knowsProcesses;
        Optional<Backlog> backlog = Optional.empty();
        Optional<Integer> deadLetters = Optional.empty();
        List<DeadLetter> letters = Collections.emptyList();
        Optional<CopyProgress> copy = Optional.empty();
        Optional<CompareReport> compare = Optional.empty();

        @Nullable
        DataPhase next;

        List<Gate> gates = Collections.emptyList();
        List<String> noWay = Collections.emptyList();

        @Nullable
        DataPhase back;

        List<Gate> backGates = Collections.emptyList();
        Optional<Duration> pause = Optional.empty();
        List<String> troubles = Collections.emptyList();

        Builder(String name, Fact fact, boolean certain) {
            this.name = name;
            this.fact = fact;
            this.certain = certain;
        }

        MigrationStatus build() {
            return new MigrationStatus(this);
        }
    }

    /** The migration's name. */
    public String name() {
        return seen.name;
    }

    /** The phase that is the fact, whatever is wished; or was at least, where it is not {@link #isCertain}. */
    public DataPhase phase() {
        return seen.fact.phase();
    }

    /** Whether the primary has told the phase; false where only the other store answers, and takes no writes. */
    public boolean isCertain() {
        return seen.certain;
    }

    /** Grows with each switch of the primary. */
    public int epoch() {
        return seen.fact.epoch();
    }

    /** Whether the primary takes writes; false while a switch is under way, and where the primary does not say so. */
    public boolean isOpen() {
        return seen.fact.isOpen();
    }

    /** Whether one store has handed the writes over, and the other is known to take none yet. */
    public boolean isHandedOver() {
        return seen.certain && seen.fact.state().standing() == State.Standing.CLOSED;
    }

    /** The processes of the last hour; not all of them need be alive. */
    public List<ProcessStatus> processes() {
        return Collections.unmodifiableList(seen.processes);
    }

    /** Whether the old store has told the processes. */
    public boolean knowsProcesses() {
        return seen.knowsProcesses;
    }

    /** The events that wait in the primary, and since when; empty if that is away. */
    public Optional<Backlog> backlog() {
        return seen.backlog;
    }

    /** The events that a row's fault keeps out of the other store; empty if that is away. */
    public Optional<Integer> deadLetters() {
        return seen.deadLetters;
    }

    /** The first few of them. */
    public List<DeadLetter> firstDeadLetters() {
        return Collections.unmodifiableList(seen.letters);
    }

    /** How far the copy is; empty if the new store is away. */
    public Optional<CopyProgress> copy() {
        return seen.copy;
    }

    /** What the latest comparison found; empty if the new store is away. */
    public Optional<CompareReport> compare() {
        return seen.compare;
    }

    /** Whether copy and comparison are of a round that is over: the next one begins with an empty new store. */
    public boolean isRoundOver() {
        return seen.certain && phase() == DataPhase.OLD_ONLY;
    }

    /** The step that the processes want to take, else the next one forward; empty after the last, and during a switch. */
    public Optional<DataPhase> next() {
        return Optional.ofNullable(seen.next);
    }

    /** What must hold before {@link #next} is taken. */
    public List<Gate> gates() {
        return Collections.unmodifiableList(seen.gates);
    }

    /** Why {@link #next} cannot be taken now; empty if it can. After the last phase, the processes that wish to go back. */
    public List<String> shut() {
        return reasons(seen.noWay, seen.gates);
    }

    /** Each once. */
    private static List<String> reasons(List<String> first, List<Gate> gates) {
        Set<String> reasons = new LinkedHashSet<>(first);
        gates.forEach(gate -> reasons.addAll(gate.reasons()));
        return new ArrayList<>(reasons);
    }

    /** The phase that one step back leads to; empty where there is no way back, and during a switch. */
    public Optional<DataPhase> back() {
        return Optional.ofNullable(seen.back);
    }

    /** What must hold before {@link #back} is taken. */
    public List<Gate> backGates() {
        return Collections.unmodifiableList(seen.backGates);
    }

    /** Why {@link #back} cannot be taken now; empty if it can. */
    public List<String> backShut() {
        return reasons(Collections.emptyList(), seen.backGates);
    }

    /** How long writes waited at most for the last switch; empty if there was none, or nobody knows. */
    public Optional<Duration> lastPause() {
        return seen.pause;
    }

    /** What is wrong with the stores, in words, and what that means; none if both answer. */
    public List<String> troubles() {
        return Collections.unmodifiableList(seen.troubles);
    }

    @Override
    public String toString() {
        return name() + ": " + seen.fact + ", " + seen.backlog + ", dead letters " + seen.deadLetters + ", copy "
                + seen.copy + ", next " + seen.next + " " + shut() + " " + seen.troubles;
    }
}
