package io.grayrelease.spring;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.decide.Decision;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;

/**
 * The policy of this application, for its HTTP entry: Dubbo's where the application has Dubbo, else one of its own. A bean of the
 * application's own takes the place of both. Thread-safe.
 */
public interface GrayPolicies {
    /** The {@link #absence} where the application wants none. */
    String SWITCHED_OFF = "switched off by gray.enabled";

    /** The {@link #absence} where nothing says where it is. */
    String NO_SOURCE = "no policy source is configured (gray.source, or Apollo's app.id and apollo.meta)";

    /** Where the policy comes from, for people. */
    String source();

    /** Why no policy will come, for people; empty where one may come or is in force. */
    default String absence() {
        return "";
    }

    /** What was accepted and rejected. */
    PolicyStatus status();

    /** The policy in force, or null if there is none; asked for every request. */
    @Nullable
    PolicyInForce current();

    /** Told of every decision of the entry, on the thread of the request. */
    default void decided(Decision decision) {}
}
