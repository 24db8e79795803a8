package io.grayrelease.nginx.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;

/** The servers of all upstreams at one moment, in the order of the settings. Immutable. */
final class Upstreams {
    private final Map<UpstreamSettings, Set<Server>> servers;
    private final List<String> unknown;

    private Upstreams(Map<UpstreamSettings, Set<Server>> servers, List<String> unknown) {
        this.servers = servers;
        this.unknown = List.copyOf(unknown);
    }

    /**
     * Those that are written in the settings, and those that ZooKeeper knows.
     *
     * @param registry answers null for an upstream that it knows nothing of yet
     */
    static Upstreams of(List<UpstreamSettings> upstreams, Function<String, @Nullable Set<Server>> registry) {
        Map<UpstreamSettings, Set<Server>> servers = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (UpstreamSettings upstream : upstreams) {
            Set<Server> alive = upstream.isWatched() ? registry.apply(upstream.name()) : upstream.servers();
            if (alive == null) {
                unknown.add(upstream.name());
            } else {
                servers.put(upstream, alive);
            }
        }
        return new Upstreams(servers, unknown);
    }

    /** Those whose servers nobody has told yet, which is not the same as none. */
    List<String> unknown() {
        return unknown;
    }

    /** Where their requests go. */
    List<ServiceUpstream> chosen(@Nullable GrayPolicy policy) {
        return servers.entrySet().stream()
                .map(upstream -> ServiceUpstream.of(policy, upstream.getKey().target(), upstream.getValue()))
                .toList();
    }
}
