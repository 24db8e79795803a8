package io.grayrelease.spring;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** As {@link PolicyHealth}, in Spring Boot 4. */
final class PolicyHealth4 implements HealthIndicator {
    private final GrayPolicies policies;

    PolicyHealth4(GrayPolicies policies) {
        this.policies = policies;
    }

    @Override
    public Health health() {
        return Health.up().withDetails(GrayEndpoint.policy(policies)).build();
    }
}
