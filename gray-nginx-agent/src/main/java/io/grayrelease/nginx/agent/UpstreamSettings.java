package io.grayrelease.nginx.agent;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.model.UpstreamTarget;
import io.grayrelease.nginx.registry.WatchedUpstream;

/**
 * An upstream of the settings. Immutable.
 *
 * @param servers those that are written there; empty: those that ZooKeeper knows
 * @param port where those of ZooKeeper serve HTTP; null: where they registered
 * @param keepalive how many idle connections a worker of Nginx keeps to them
 */
public record UpstreamSettings(UpstreamTarget target, Set<Server> servers, @Nullable Integer port, int keepalive) {
    public UpstreamSettings {
        servers = Set.copyOf(servers);
    }

    public String name() {
        return target.name();
    }

    boolean isWatched() {
        return servers.isEmpty();
    }

    WatchedUpstream watched() {
        return new WatchedUpstream(target, port);
    }
}
