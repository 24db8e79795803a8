package io.grayrelease.dubbo.filter;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.decide.Decision;

/** Decides a request by the policy in force. */
final class Decider {
    private final GrayApplication application;

    Decider(GrayApplication application) {
        this.application = application;
    }

    /** The context with its tags settled; as it is, if no policy is in force. */
    GrayContext decide(GrayContext undecided, DubboRequest request) {
        String uid = undecided.uid().orElse(null);
        Decision decision = application.decide(request.withUid(uid));
        return decision == null ? undecided : GrayContext.decided(decision.tags(), uid);
    }
}
