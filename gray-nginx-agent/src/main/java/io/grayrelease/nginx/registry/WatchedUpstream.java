package io.grayrelease.nginx.registry;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.model.UpstreamTarget;

/**
 * An upstream whose servers are those that ZooKeeper knows.
 *
 * @param port where all of them serve HTTP; null: where they registered
 */
public record WatchedUpstream(UpstreamTarget target, @Nullable Integer port) {
    /** Tells apart what was known of the same name under other settings. */
    String key() {
        return target.application() + "/" + (target.service() == null ? "" : target.service()) + "/"
                + (port == null ? "" : port);
    }
}
