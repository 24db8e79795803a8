package io.grayrelease.data;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/** What a process that runs a migration was told and knows, as it last said. Immutable. */
public final class ProcessStatus {
    private static final Duration LIVES = Duration.ofSeconds(15);

    private final String name;
    private final @Nullable String wish;
    private final @Nullable String trouble;
    private final int epoch;
    private final String phase;
    private final Duration age;

    private ProcessStatus(
            String name, @Nullable String wish, @Nullable String trouble, int epoch, String phase, Duration age) {
        this.name = name;
        this.wish = wish;
        this.trouble = trouble;
        this.epoch = epoch;
        this.phase = phase;
        this.age = age;
    }

    static ProcessStatus of(
            String name, @Nullable String wish, @Nullable String trouble, int epoch, String phase, long ageMillis) {
        return new ProcessStatus(name, wish, trouble, epoch, phase, Duration.ofMillis(Math.max(0, ageMillis)));
    }

    /** Host, process id and a number of its own. */
    public String name() {
        return name;
    }

    /** The phase that its policy wants; null if it has none yet. */
    public @Nullable String wish() {
        return wish;
    }

    /** Whether it can take part in the next step; while it cannot, its wish is not told. */
    public boolean isReady() {
        return !Readiness.NOT_READY.equals(wish);
    }

    /** What it lacks for a step, or what ended the last one that it tried, without values of rows; null for nothing. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** The epoch that it knows of. */
    public int epoch() {
        return epoch;
    }

    /** The phase that it knows to be the fact. */
    public String phase() {
        return phase;
    }

    /** How long ago it said so, by the database's clock. */
    public Duration age() {
        return age;
    }

    /** Whether it said so within the last 15 seconds. */
    public boolean isAlive() {
        return age.compareTo(LIVES) <= 0;
    }

    /** The step from a fact towards its wish; null if there is none, or the wish is not known to this version. */
    @Nullable
    DataPhase next(Fact fact) {
        DataPhase wished = wished();
        return wished == null ? null : fact.phase().towards(wished);
    }

    /** Whether it wishes a phase that no step leads to. */
    boolean hasNoWay(Fact fact) {
        DataPhase wished = wished();
        return wished != null && wished != fact.phase() && fact.phase().towards(wished) == null;
    }

    private @Nullable DataPhase wished() {
        for (DataPhase phase : DataPhase.values()) {
            if (phase.name().equals(wish)) {
                return phase;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return name + ": wish " + (wish == null ? "unknown" : wish) + ", fact " + phase + ", epoch " + epoch + ", "
                + age.toMillis() + " ms ago";
    }
}
