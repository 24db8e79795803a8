package io.grayrelease.dubbo.filter;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.source.PolicyInForce;

/** Decides a request by the policy in force. */
final class Decider {
    private final GrayApplication application;

    Decider(GrayApplication application) {
        this.application = application;
    }

    /** The context with its tags settled; as it is, if no policy is in force. */
    GrayContext decide(GrayContext undecided, DubboRequest request) {
        PolicyInForce policy = application.policy();
        if (policy == null) {
            return undecided;
        }
        String uid = undecided.uid().orElse(null);
        Tags tags = policy.evaluator().decide(request.withUid(uid)).tags();
        return GrayContext.decided(tags, uid);
    }
}
