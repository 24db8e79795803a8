package io.grayrelease.policy.model;

import java.math.BigInteger;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

/** Who gets a tag, or who stays baseline: one {@code gray.rule.<order>-<name>} statement. */
@AutoValue
public abstract class Rule {
    /** The order in which rules are tried: by order, then by name. */
    public static final Comparator<Rule> BY_ORDER =
            Comparator.comparing(Rule::order).thenComparing(Rule::name);

    Rule() {}

    /** A rule that adds a tag to the requests that match. */
    public static Rule tagging(Id id, Condition condition, String tag, boolean stop, boolean off) {
        return new AutoValue_Rule(id, condition, tag, stop, off);
    }

    /** A rule that drops all tags found so far and ends the search. */
    public static Rule baseline(Id id, Condition condition, boolean off) {
        return new AutoValue_Rule(id, condition, null, true, off);
    }

    public abstract Id id();

    public abstract Condition condition();

    /** The tag to add, or null for a rule {@code => baseline}. */
    public abstract @Nullable String tag();

    /** Whether a match ends the search; always true for {@code => baseline}. */
    public abstract boolean stop();

    /** Written, but inactive. */
    public abstract boolean off();

    public final BigInteger order() {
        return id().order();
    }

    public final String name() {
        return id().name();
    }

    /** Key, order, name and text of a rule. */
    @AutoValue
    public abstract static class Id {
        Id() {}

        public static Id of(String key, BigInteger order, String name, String text) {
            return new AutoValue_Rule_Id(key, order, name, text);
        }

        /** The key in the namespace, as written ({@code gray.rule.010-testers}). */
        public abstract String key();

        public abstract BigInteger order();

        /** Unique in a policy; the default salt of the rule's hashes. */
        public abstract String name();

        /** The statement as the operator wrote it. */
        public abstract String text();
    }
}
