package io.grayrelease.policy.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.model.Problem;

/** What is in force, and what was refused since. Immutable. */
@AutoValue
public abstract class PolicyStatus {
    /** Nothing was read yet. */
    public static final PolicyStatus NOTHING = of(null, false, Collections.emptyList(), null);

    PolicyStatus() {}

    static PolicyStatus of(
            @Nullable PolicyInForce inForce, boolean fromDisk, List<Problem> warnings, @Nullable Rejection rejection) {
        return new AutoValue_PolicyStatus(
                inForce, fromDisk, Collections.unmodifiableList(new ArrayList<>(warnings)), rejection);
    }

    final PolicyStatus with(List<Problem> warnings) {
        return of(inForce(), fromDisk(), warnings, rejection());
    }

    final PolicyStatus with(@Nullable Rejection rejection) {
        return of(inForce(), fromDisk(), warnings(), rejection);
    }

    /** The policy in force, or null if there is none. */
    public abstract @Nullable PolicyInForce inForce();

    /** Whether it came back from disk and the source has not confirmed it yet. */
    public abstract boolean fromDisk();

    /** The warnings of the policy in force; they come a moment after it. */
    public abstract List<Problem> warnings();

    /** The latest snapshot, if it was refused; null if the latest one is in force. */
    public abstract @Nullable Rejection rejection();

    /** A snapshot that was refused, or, with the switch off, read for its switch only. */
    @AutoValue
    public abstract static class Rejection {
        Rejection() {}

        static Rejection of(String hash, Instant at, List<Problem> errors) {
            return new AutoValue_PolicyStatus_Rejection(
                    hash, at, Collections.unmodifiableList(new ArrayList<>(errors)));
        }

        public abstract String hash();

        public abstract Instant at();

        /** Everything that was wrong with it. */
        public abstract List<Problem> errors();
    }
}
