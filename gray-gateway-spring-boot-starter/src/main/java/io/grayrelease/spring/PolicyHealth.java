package io.grayrelease.spring;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** The policy in the health of the application, as a detail: no policy and a rejected one are no reason to stop a service. */
final class PolicyHealth implements HealthIndicator {
    private final GrayPolicies policies;

    PolicyHealth(GrayPolicies policies) {
        this.policies = policies;
    }

    @Override
    public Health health() {
        return Health.up().withDetails(GrayEndpoint.policy(policies)).build();
    }
}
