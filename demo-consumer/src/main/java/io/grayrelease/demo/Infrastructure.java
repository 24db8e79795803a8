package io.grayrelease.demo;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.demo.servers.DemoServers;

/** ZooKeeper and Apollo: our own ones in a process, or those that the user has. */
public final class Infrastructure implements AutoCloseable {
    private final Child embedded;
    private final Servers servers;
    private final Path folder;
    private final boolean ownApollo;

    private Infrastructure(Child embedded, Servers servers, Path folder, boolean ownApollo) {
        this.embedded = embedded;
        this.servers = servers;
        this.folder = folder;
        this.ownApollo = ownApollo;
    }

    /** Starts the embedded servers; the user's take their place where they are given. */
    public static Infrastructure start(
            @Nullable String zooKeeper, @Nullable String apolloMeta, String appId, String namespace, Path folder) {
        if (zooKeeper != null) {
            Reachable.check("ZooKeeper", "tcp://" + zooKeeper);
        }
        if (apolloMeta != null) {
            Reachable.check("Apollo", apolloMeta);
        }
        Child embedded = Child.start("servers", folder, List.of(), DemoServers.class);
        try {
            String ownZooKeeper = embedded.said("zookeeper=");
            String ownApollo = embedded.said("apollo=");
            Servers servers = new Servers(
                    zooKeeper == null ? ownZooKeeper : zooKeeper,
                    apolloMeta == null ? ownApollo : apolloMeta,
                    appId,
                    namespace);
            return new Infrastructure(embedded, servers, folder, apolloMeta != null);
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    public Servers servers() {
        return servers;
    }

    public Publisher publisher(Report report) {
        return ownApollo
                ? new OwnApollo(report, servers.namespace())
                : new EmbeddedApollo(embedded, servers.namespace(), folder);
    }

    @Override
    public void close() {
        embedded.close();
    }
}
