package io.grayrelease.policy.decide;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.model.Rule;

/** The decision about one request, and what became of every rule on the way to it. Immutable. */
@AutoValue
public abstract class Explanation {
    /** What became of a rule. */
    public enum Outcome {
        /** It added its tag, or made the request baseline. */
        MATCHED,
        NOT_MATCHED,
        /** It is written {@code ; off}. */
        OFF,
        /** A rule before it ended the search, or the switch is off. */
        NOT_REACHED
    }

    Explanation() {}

    static Explanation of(Decision decision, List<ExplainedRule> rules) {
        return new AutoValue_Explanation(decision, Collections.unmodifiableList(new ArrayList<>(rules)));
    }

    /** What {@link PolicyEvaluator#decide} says. */
    public abstract Decision decision();

    /** All rules of the policy in the order in which they are tried, those that are off included. */
    public abstract List<ExplainedRule> rules();

    /** A rule, and what became of it. */
    @AutoValue
    public abstract static class ExplainedRule {
        ExplainedRule() {}

        static ExplainedRule of(Rule rule, Outcome outcome, String why, Clause clause) {
            return new AutoValue_Explanation_ExplainedRule(rule, outcome, why, clause);
        }

        public abstract Rule rule();

        public abstract Outcome outcome();

        /** What the outcome means for the request, in words. */
        public abstract String why();

        /** Its condition; looked at even if the rule is off or was not reached, to tell what it would do. */
        public abstract Clause clause();
    }
}
