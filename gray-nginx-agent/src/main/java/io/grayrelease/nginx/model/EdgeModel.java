package io.grayrelease.nginx.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.GrayPolicy;

/**
 * What one Nginx is to do. Immutable.
 *
 * @param policy whose rules give requests their tags; null: no policy is known, and no request is decided
 * @param sources where values of a request are found
 * @param upstreams where requests go, in the order of the settings
 */
public record EdgeModel(@Nullable GrayPolicy policy, HttpSources sources, List<ServiceUpstream> upstreams) {
    public EdgeModel {
        upstreams = List.copyOf(upstreams);
    }
}
