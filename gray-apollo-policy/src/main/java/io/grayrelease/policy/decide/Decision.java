package io.grayrelease.policy.decide;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.model.Tags;

/** The tags of a request, and why. Immutable; common ones are shared instances. */
@AutoValue
public abstract class Decision {
    /** Why a request got its tags. */
    public enum Reason {
        /** {@code gray.switch} is off. */
        SWITCHED_OFF,
        /** No rule matched. */
        NO_MATCH,
        /** A rule {@code => baseline} matched: the last of {@link #rules}. */
        BASELINE_RULE,
        /** {@link #rules} matched, each added its tag. */
        MATCH
    }

    Decision() {}

    static final Decision SWITCHED_OFF = of(Tags.NONE, Reason.SWITCHED_OFF, Collections.emptyList());
    static final Decision NO_MATCH = of(Tags.NONE, Reason.NO_MATCH, Collections.emptyList());

    static Decision of(Tags tags, Reason reason, List<String> rules) {
        return new AutoValue_Decision(tags, reason, Collections.unmodifiableList(new ArrayList<>(rules)));
    }

    /** This decision with one more rule that matched. */
    final Decision and(String rule, String tag) {
        List<String> names = new ArrayList<>(tags().names());
        names.add(tag);
        List<String> matched = new ArrayList<>(rules());
        matched.add(rule);
        return of(Tags.of(names), Reason.MATCH, matched);
    }

    public abstract Tags tags();

    public abstract Reason reason();

    /** The names of the rules that matched, in order. */
    public abstract List<String> rules();
}
