package io.grayrelease.spring;

import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.policy.decide.Decision;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;

/** The policy that Dubbo calls are routed by; there is none before Dubbo's first service or reference has started. */
final class DubboPolicies implements GrayPolicies {
    private final ApplicationModel model;
    private final boolean enabled;
    private volatile @Nullable GrayApplication application;

    /** Enabled is what counts until Dubbo has started. */
    DubboPolicies(ApplicationModel model, boolean enabled) {
        this.model = model;
        this.enabled = enabled;
    }

    @Override
    public String source() {
        GrayApplication started = application();
        return started == null ? "Dubbo, not started" : started.sourceName();
    }

    @Override
    public String absence() {
        GrayApplication started = application();
        return started == null
                ? OwnPolicies.absence(enabled, true)
                : OwnPolicies.absence(started.enabled(), started.policy() != null || started.hasSource());
    }

    @Override
    public PolicyStatus status() {
        GrayApplication started = application();
        return started == null ? PolicyStatus.NOTHING : started.repository().status();
    }

    @Override
    public @Nullable PolicyInForce current() {
        GrayApplication started = application();
        return started == null ? null : started.policy();
    }

    @Override
    public void decided(Decision decision) {
        GrayApplication started = application();
        if (started != null) {
            started.decided(decision);
        }
    }

    /** Never makes one: its settings are complete only when Dubbo starts it. */
    private @Nullable GrayApplication application() {
        if (application == null) {
            application = GrayApplication.find(model);
        }
        return application;
    }
}
