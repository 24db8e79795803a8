package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.curator.framework.CuratorFramework;

import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.registry.ProviderWatch;

/** Reads the servers of all upstreams once. */
final class ServersNow {
    private static final int PATIENCE_SECONDS = 5;

    private ServersNow() {}

    /**
     * Asks ZooKeeper, where the settings want it.
     *
     * @throws IOException if it does not answer
     */
    static Upstreams of(AgentSettings settings) throws IOException {
        if (settings.zookeeper() == null || settings.watched().isEmpty()) {
            return Upstreams.of(settings.upstreams(), name -> null);
        }
        try (CuratorFramework client = ZooKeeperClient.start(settings.zookeeper())) {
            Map<String, Set<Server>> servers = ask(client, settings);
            return Upstreams.of(settings.upstreams(), servers::get);
        }
    }

    private static Map<String, Set<Server>> ask(CuratorFramework client, AgentSettings settings) throws IOException {
        Map<String, Set<Server>> servers = new HashMap<>();
        try {
            if (!client.blockUntilConnected(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("ZooKeeper at " + settings.zookeeper() + ": no connection within "
                        + PATIENCE_SECONDS + " s, is it running and reachable from here?");
            }
            for (UpstreamSettings upstream : settings.upstreams()) {
                if (upstream.isWatched()) {
                    servers.put(upstream.name(), ProviderWatch.read(client, upstream.watched()));
                }
            }
            return servers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("ZooKeeper at " + settings.zookeeper() + ": " + e, e);
        }
    }
}
