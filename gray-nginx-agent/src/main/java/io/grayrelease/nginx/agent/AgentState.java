package io.grayrelease.nginx.agent;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.drive.Applied;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.source.PolicyStatus;

/**
 * How far an agent is. Immutable.
 *
 * @param policy what it wants Nginx to run on, and what it refused
 * @param applied what Nginx runs on; null: nothing that is known
 * @param acceptedAt when the policy that Nginx runs on was accepted; null if it runs on none
 * @param error why Nginx does not do what it is to do; null if it does
 * @param errorSince when that was first seen; null without an error
 * @param warnings what the driver has to say of this Nginx
 * @param upstreams where requests are to go
 */
record AgentState(
        PolicyStatus policy,
        @Nullable Applied applied,
        @Nullable Instant acceptedAt,
        @Nullable String error,
        @Nullable Instant errorSince,
        List<String> warnings,
        List<ServiceUpstream> upstreams) {
    AgentState {
        warnings = List.copyOf(warnings);
        upstreams = List.copyOf(upstreams);
    }
}
