package io.grayrelease.policy.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.auto.value.AutoValue;

/** A policy that was accepted as a whole. Immutable, and safe to share between threads. */
@AutoValue
public abstract class GrayPolicy {
    /** What a baseline call gets when no baseline provider is alive. */
    public enum WhenBaselineEmpty {
        /** Any provider: the service stays up, the call is counted as {@code fail_open}. */
        GRAY,
        /** Dubbo's no-provider error. */
        FAIL
    }

    GrayPolicy() {}

    public static Builder builder(Snapshot snapshot) {
        return new AutoValue_GrayPolicy.Builder()
                .snapshot(snapshot)
                .on(true)
                .rules(Collections.emptyList())
                .routes(Collections.emptyMap())
                .lists(Collections.emptyMap())
                .migrations(Collections.emptyMap())
                .baseline(Targets.NONE)
                .whenBaselineEmpty(WhenBaselineEmpty.GRAY);
    }

    /** The text that this policy was read from. */
    public abstract Snapshot snapshot();

    /** False if {@code gray.switch} is off: every call is a baseline call, and routes only reserve their versions. */
    public abstract boolean on();

    /** All rules in the order in which they are tried, those that are off included. */
    public abstract List<Rule> rules();

    /** Routes by tag. */
    public abstract Map<String, Route> routes();

    /** The values of each list, all pieces together, by list name. */
    public abstract Map<String, Set<String>> lists();

    /** Migrations of data by name; {@link #on} says nothing about their phases. */
    public abstract Map<String, DataMigration> migrations();

    /** What untagged calls are pinned to. */
    public abstract Targets baseline();

    public abstract WhenBaselineEmpty whenBaselineEmpty();

    /** See {@link Snapshot#hash}. */
    public final String hash() {
        return snapshot().hash();
    }

    /** Collects the parts of a policy; sorts the rules and copies the collections when built. */
    @AutoValue.Builder
    public abstract static class Builder {
        abstract Builder snapshot(Snapshot snapshot);

        public abstract Builder on(boolean on);

        public abstract Builder rules(List<Rule> rules);

        public abstract Builder routes(Map<String, Route> routes);

        public abstract Builder lists(Map<String, Set<String>> lists);

        public abstract Builder migrations(Map<String, DataMigration> migrations);

        public abstract Builder baseline(Targets baseline);

        public abstract Builder whenBaselineEmpty(WhenBaselineEmpty whenBaselineEmpty);

        abstract List<Rule> rules();

        abstract Map<String, Route> routes();

        abstract Map<String, Set<String>> lists();

        abstract Map<String, DataMigration> migrations();

        abstract GrayPolicy autoBuild();

        public final GrayPolicy build() {
            List<Rule> sorted = new ArrayList<>(rules());
            sorted.sort(Rule.BY_ORDER);
            return rules(Collections.unmodifiableList(sorted))
                    .routes(Collections.unmodifiableMap(new LinkedHashMap<>(routes())))
                    .lists(Collections.unmodifiableMap(new LinkedHashMap<>(lists())))
                    .migrations(Collections.unmodifiableMap(new LinkedHashMap<>(migrations())))
                    .autoBuild();
        }
    }
}
