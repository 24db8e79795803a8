package io.grayrelease.policy.decide;

import java.time.Clock;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;

import static io.grayrelease.policy.decide.TestPolicies.UID;
import static io.grayrelease.policy.decide.TestPolicies.baseline;
import static io.grayrelease.policy.decide.TestPolicies.off;
import static io.grayrelease.policy.decide.TestPolicies.policy;
import static io.grayrelease.policy.decide.TestPolicies.rule;
import static io.grayrelease.policy.decide.TestPolicies.stopping;
import static org.assertj.core.api.Assertions.assertThat;

class PolicyEvaluatorTest {
    private static final Condition YES = Condition.Always.of();
    private static final Condition NO = Condition.Not.of(YES);

    private static Decision decide(GrayPolicy policy) {
        return PolicyEvaluator.of(policy, Clock.systemUTC()).decide(value -> null);
    }

    @Test
    void noRule_isBaseline() {
        assertThat(decide(policy().build()).tags()).isEqualTo(Tags.NONE);
        assertThat(decide(policy().build()).reason()).isEqualTo(Decision.Reason.NO_MATCH);
    }

    @Test
    void everyMatch_addsItsTagInRuleOrder() {
        Decision decision =
                decide(policy(rule(30, YES, "c"), rule(10, YES, "b"), rule(20, NO, "x"), rule(40, YES, "b")));

        assertThat(decision.tags()).isEqualTo(Tags.of("b", "c"));
        assertThat(decision.rules()).containsExactly("rule10", "rule30", "rule40");
        assertThat(decision.reason()).isEqualTo(Decision.Reason.MATCH);
    }

    @Test
    void stop_endsTheSearchWhereItMatches() {
        assertThat(decide(policy(rule(1, YES, "a"), stopping(2, YES, "b"), rule(3, YES, "c")))
                        .tags())
                .isEqualTo(Tags.of("a", "b"));
        assertThat(decide(policy(stopping(1, NO, "a"), rule(2, YES, "b"))).tags())
                .isEqualTo(Tags.of("b"));
    }

    @Test
    void baseline_dropsTheTagsFoundSoFarAndStops() {
        Decision decision = decide(policy(rule(1, YES, "a"), baseline(2, YES), rule(3, YES, "c")));

        assertThat(decision.tags()).isEqualTo(Tags.NONE);
        assertThat(decision.reason()).isEqualTo(Decision.Reason.BASELINE_RULE);
        assertThat(decision.rules()).containsExactly("rule2");
    }

    @Test
    void offRule_isAsIfItWereNotThere() {
        assertThat(decide(policy(off(1, YES, "a"), rule(2, YES, "b"))).tags()).isEqualTo(Tags.of("b"));
    }

    @Test
    void switchedOff_everybodyIsBaseline() {
        Decision decision =
                decide(policy().on(false).rules(List.of(rule(1, YES, "a"))).build());

        assertThat(decision.tags()).isEqualTo(Tags.NONE);
        assertThat(decision.reason()).isEqualTo(Decision.Reason.SWITCHED_OFF);
    }

    @Test
    void noMatch_isASharedInstance() {
        assertThat(decide(policy(rule(1, NO, "a")))).isSameAs(decide(policy().build()));
    }

    @Test
    void viewThatThrows_matchesNothing() {
        PolicyEvaluator evaluator =
                PolicyEvaluator.of(policy(rule(1, Condition.Has.of(UID), "a"), rule(2, YES, "b")), Clock.systemUTC());

        Decision decision = evaluator.decide(value -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(decision.tags()).isEqualTo(Tags.of("b"));
    }

    @Test
    void viewThatThrows_hasNoValue_andTheRestOfTheRuleHolds() {
        Condition has = Condition.Has.of(UID);
        PolicyEvaluator evaluator = PolicyEvaluator.of(
                policy(rule(1, Condition.Not.of(has), "not"), rule(2, Condition.Or.of(List.of(has, YES)), "or")),
                Clock.systemUTC());

        Decision decision = evaluator.decide(value -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(decision.tags()).isEqualTo(Tags.of("not", "or"));
    }
}
