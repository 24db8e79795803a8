package io.grayrelease.policy.decide;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Tags;

/** One policy, made ready to decide. Immutable and thread-safe; build it when the policy changes, not per call. */
public final class PolicyEvaluator {
    private final boolean on;
    private final List<ReadyRule> rules = new ArrayList<>();

    private PolicyEvaluator(GrayPolicy policy, Clock clock) {
        this.on = policy.on();
        MatcherBuilder matchers = new MatcherBuilder(clock);
        for (Rule rule : policy.rules()) {
            if (!rule.off()) {
                rules.add(new ReadyRule(rule, rule.condition().accept(matchers)));
            }
        }
    }

    /** Prepares a policy; the clock is asked by {@code now} conditions only. */
    public static PolicyEvaluator of(GrayPolicy policy, Clock clock) {
        return new PolicyEvaluator(policy, clock);
    }

    /**
     * The tags of a request and why it has them. Never throws. Where at most one rule matches, the decision is a shared
     * instance.
     */
    public Decision decide(RequestView request) {
        if (!on) {
            return Decision.SWITCHED_OFF;
        }
        Decision decision = Decision.NO_MATCH;
        for (ReadyRule rule : rules) {
            if (rule.matches(request)) {
                if (rule.tag == null) {
                    return rule.alone;
                }
                decision = decision == Decision.NO_MATCH ? rule.alone : decision.and(rule.name, rule.tag);
                if (rule.stop) {
                    return decision;
                }
            }
        }
        return decision;
    }

    /** An active rule, its matcher, and the decision of a request that only it matches. */
    private static final class ReadyRule {
        private final String name;
        private final @Nullable String tag;
        private final boolean stop;
        private final Matcher matcher;
        private final Decision alone;

        ReadyRule(Rule rule, Matcher matcher) {
            this.name = rule.name();
            this.tag = rule.tag();
            this.stop = rule.stop();
            this.matcher = matcher;
            this.alone = tag == null
                    ? Decision.of(Tags.NONE, Decision.Reason.BASELINE_RULE, Collections.singletonList(name))
                    : Decision.of(Tags.of(tag), Decision.Reason.MATCH, Collections.singletonList(name));
        }

        /** Nothing is known to throw, views included; a call must not fail for it if something does. */
        boolean matches(RequestView request) {
            try {
                return matcher.matches(request);
            } catch (RuntimeException e) {
                return false;
            }
        }
    }
}
