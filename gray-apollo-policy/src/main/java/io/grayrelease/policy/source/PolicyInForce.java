package io.grayrelease.policy.source;

import java.time.Instant;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.decide.PolicyEvaluator;
import io.grayrelease.policy.model.GrayPolicy;

/** The policy that calls are decided and routed by. Immutable. */
@AutoValue
public abstract class PolicyInForce {
    PolicyInForce() {}

    static PolicyInForce of(GrayPolicy policy, PolicyEvaluator evaluator, Instant acceptedAt) {
        return new AutoValue_PolicyInForce(policy, evaluator, acceptedAt);
    }

    public abstract GrayPolicy policy();

    /** Decides by {@link #policy}. */
    public abstract PolicyEvaluator evaluator();

    /** When it was accepted; for one that came back from disk, when it was accepted at first. */
    public abstract Instant acceptedAt();
}
