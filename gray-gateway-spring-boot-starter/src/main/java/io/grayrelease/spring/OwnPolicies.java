package io.grayrelease.spring;

import java.time.Clock;

import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GraySettings;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;
import io.grayrelease.policy.source.PolicySource;
import io.grayrelease.policy.source.PolicyStatus;
import io.grayrelease.policy.source.SnapshotStore;

/** The policy of an application without Dubbo, as a gateway. */
final class OwnPolicies implements GrayPolicies, AutoCloseable {
    private final boolean enabled;
    private final PolicySource source;
    private final PolicyRepository repository;

    private OwnPolicies(boolean enabled, PolicySource source, PolicyRepository repository) {
        this.enabled = enabled;
        this.source = source;
        this.repository = repository;
    }

    /** Follows the policy; returns when it was read or could not be read in time. */
    static OwnPolicies start(GraySettings settings) {
        PolicySource source = settings.newSource();
        PolicyRepository repository =
                PolicyRepository.of(SnapshotStore.in(settings.cacheDir(), source.name()), Clock.systemUTC());
        if (settings.enabled()) {
            source.start(repository);
        }
        return new OwnPolicies(settings.enabled(), source, repository);
    }

    @Override
    public String source() {
        return source.name();
    }

    @Override
    public String absence() {
        return absence(enabled, current() != null || source.isConfigured());
    }

    static String absence(boolean enabled, boolean hasSource) {
        if (!enabled) {
            return SWITCHED_OFF;
        }
        return hasSource ? "" : NO_SOURCE;
    }

    @Override
    public PolicyStatus status() {
        return repository.status();
    }

    @Override
    public @Nullable PolicyInForce current() {
        return repository.current();
    }

    @Override
    public void close() {
        source.close();
    }
}
