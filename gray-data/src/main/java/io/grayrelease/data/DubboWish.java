package io.grayrelease.data;

import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.source.PolicyInForce;

/** In a Dubbo service: the policy that it follows, and the tags of the request that this thread works for. */
final class DubboWish {
    private DubboWish() {}

    /** Whether this process has Dubbo and gray releases in it; only then may {@link #of} be called. */
    static boolean isPresent() {
        return ClassPath.has("org.apache.dubbo.rpc.model.ApplicationModel")
                && ClassPath.has("io.grayrelease.dubbo.context.GrayApplication");
    }

    static Wish of(String name) {
        return new PolicyWish(
                name, DubboWish::policy, () -> GrayContext.current().tags());
    }

    /** Null until the application has read one. */
    private static @Nullable GrayPolicy policy() {
        GrayApplication application = GrayApplication.find(ApplicationModel.defaultModel());
        PolicyInForce policy = application == null ? null : application.policy();
        return policy == null ? null : policy.policy();
    }
}
