package io.grayrelease.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/** Where a migration is, at one moment. Immutable. */
public final class MigrationStatus {
    private final String name;
    private final Fact fact;
    private final List<ProcessStatus> processes;
    private final Backlog backlog;
    private final @Nullable Integer deadLetters;
    private final @Nullable CopyProgress copy;
    private final @Nullable CompareReport compare;
    private final @Nullable DataPhase next;
    private final List<String> shut;
    private final Optional<Duration> pause;
    private final @Nullable String away;

    private MigrationStatus(Builder builder) {
        this.name = builder.name;
        this.fact = builder.fact;
        this.processes = Collections.unmodifiableList(new ArrayList<>(builder.processes));
        this.backlog = builder.backlog;
        this.deadLetters = builder.deadLetters;
        this.copy = builder.copy;
        this.compare = builder.compare;
        this.next = builder.next;
        this.shut = Collections.unmodifiableList(new ArrayList<>(builder.shut));
        this.pause = builder.pause;
        this.away = builder.away;
    }

    /** Gathers a status; not thread-safe. */
    static final class Builder {
        private final String name;
        private final Fact fact;
        List<ProcessStatus> processes = Collections.emptyList();
        Backlog backlog = Backlog.of(0, 0);

        @Nullable
        Integer deadLetters;

        @Nullable
        CopyProgress copy;

        @Nullable
        CompareReport compare;

        @Nullable
        DataPhase next;

        List<String> shut = Collections.emptyList();

        Optional<Duration> pause = Optional.empty();

        @Nullable
        String away;

        Builder(String name, Fact fact) {
            this.name = name;
            this.fact = fact;
        }

        MigrationStatus build() {
            return new MigrationStatus(this);
        }
    }

    /** The migration's name. */
    public String name() {
        return name;
    }

    /** The phase that is the fact, whatever is wished. */
    public DataPhase phase() {
        return fact.phase();
    }

    /** Grows with each switch of the primary. */
    public int epoch() {
        return fact.epoch();
    }

    /** Whether the primary takes writes; false while a switch is under way. */
    public boolean isOpen() {
        return fact.isOpen();
    }

    /** The processes of the last hour; not all of them need be alive. */
    public List<ProcessStatus> processes() {
        return processes;
    }

    /** The events that wait in the primary, and since when. */
    public Backlog backlog() {
        return backlog;
    }

    /** The events that a row's fault keeps out of the other store; empty if that is away. */
    public Optional<Integer> deadLetters() {
        return Optional.ofNullable(deadLetters);
    }

    /** How far the copy is; empty if the new store is away. */
    public Optional<CopyProgress> copy() {
        return Optional.ofNullable(copy);
    }

    /** What the latest comparison found; empty if the new store is away. */
    public Optional<CompareReport> compare() {
        return Optional.ofNullable(compare);
    }

    /** The step that the processes want to take, else the next one forward; empty after the last. */
    public Optional<DataPhase> next() {
        return Optional.ofNullable(next);
    }

    /** Why {@link #next} cannot be taken now; empty if it can. After the last phase, the processes that wish to go back. */
    public List<String> shut() {
        return shut;
    }

    /** How long writes waited at most for the last switch; empty if there was none, or nobody knows. */
    public Optional<Duration> lastPause() {
        return pause;
    }

    /** What is wrong with a store that was asked in vain, in words; empty if both answer. */
    public Optional<String> away() {
        return Optional.ofNullable(away);
    }

    @Override
    public String toString() {
        return name + ": " + fact + ", " + backlog + ", dead letters " + deadLetters + ", copy " + copy + ", next "
                + next + " " + shut;
    }
}
