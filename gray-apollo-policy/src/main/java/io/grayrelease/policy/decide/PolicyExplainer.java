package io.grayrelease.policy.decide;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.decide.Explanation.ExplainedRule;
import io.grayrelease.policy.decide.Explanation.Outcome;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Rule;

/**
 * Explains decisions, for tools: it asks the evaluator's own matchers about every clause, at leisure, so that the
 * evaluator need not know of it. Immutable and thread-safe.
 */
public final class PolicyExplainer {
    private final GrayPolicy policy;
    private final Clock clock;

    private PolicyExplainer(GrayPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    public static PolicyExplainer of(GrayPolicy policy, Clock clock) {
        return new PolicyExplainer(policy, clock);
    }

    /** What becomes of a request and why, at one moment of the clock. Never throws. */
    public Explanation explain(RequestView request) {
        Clock moment = Clock.fixed(clock.instant(), clock.getZone());
        List<ExplainedRule> rules = new ArrayList<>();
        String ended = policy.on() ? null : "gray.switch is off";
        for (Rule rule : policy.rules()) {
            ExplainedRule explained = explain(rule, ended, request, moment);
            rules.add(explained);
            if (explained.outcome() == Outcome.MATCHED && rule.stop()) {
                ended = rule.name() + " ended the search";
            }
        }
        return Explanation.of(PolicyEvaluator.of(policy, moment).decide(request), rules);
    }

    private static ExplainedRule explain(Rule rule, @Nullable String ended, RequestView request, Clock moment) {
        Clause clause = rule.condition().accept(new ClauseExplainer(rule.name(), request, moment));
        String would = clause.holds() ? ", it would match" : "";
        if (rule.off()) {
            return ExplainedRule.of(rule, Outcome.OFF, "written ; off" + would, clause);
        }
        if (ended != null) {
            return ExplainedRule.of(rule, Outcome.NOT_REACHED, ended + would, clause);
        }
        return clause.holds()
                ? ExplainedRule.of(rule, Outcome.MATCHED, effect(rule), clause)
                : ExplainedRule.of(rule, Outcome.NOT_MATCHED, "no tag from it", clause);
    }

    private static String effect(Rule rule) {
        if (rule.tag() == null) {
            return "the request is baseline, tags before it are dropped";
        }
        return "adds the tag " + rule.tag() + (rule.stop() ? " and ends the search" : "");
    }
}
