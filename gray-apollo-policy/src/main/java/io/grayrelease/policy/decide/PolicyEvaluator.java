package io.grayrelease.policy.decide;

import java.time.Clock;

import io.grayrelease.policy.model.GrayPolicy;

/** One policy, made ready to decide. Immutable and thread-safe; build it when the policy changes, not per call. */
public final class PolicyEvaluator {
    private PolicyEvaluator() {}

    /** Prepares a policy; the clock is asked by {@code now} conditions only. */
    public static PolicyEvaluator of(GrayPolicy policy, Clock clock) {
        return new PolicyEvaluator();
    }

    /** The tags of a request and why it has them. Never throws. */
    public Decision decide(RequestView request) {
        return Decision.NO_MATCH;
    }
}
