package io.grayrelease.zookeeper.providers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

import io.grayrelease.zookeeper.Nodes;

/** Reads both layouts once. Not thread-safe. */
final class ProvidersReader {
    /** Dubbo's root in ZooKeeper, unless a registry has a group. */
    static final String ROOT = "/dubbo";

    private final CuratorFramework client;
    private final List<Provider> all = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final InstancesReader instances;

    ProvidersReader(CuratorFramework client) {
        this.client = client;
        this.instances = new InstancesReader(client, ROOT, unreadable);
    }

    Providers read() throws Exception {
        for (String service : Nodes.children(client, ROOT)) {
            readInterface(service);
        }
        ServiceMapping mapping = new ServiceMapping(client, ROOT);
        for (String service : mapping.services()) {
            for (String application : mapping.applications(service)) {
                for (RegisteredInstance instance : instances.of(application)) {
                    add(instances.provider(service, instance));
                }
            }
        }
        return new Providers(all, unreadable);
    }

    /** First, for only here every service of a process has its own version. */
    private void readInterface(String service) throws Exception {
        String parent = ROOT + "/" + service + "/providers";
        for (String node : Nodes.children(client, parent)) {
            add(instances.orUnreadable(parent + "/" + node, () -> ProviderUrl.read(service, node)));
        }
    }

    private void add(@Nullable Provider provider) {
        if (provider != null && seen.add(provider.service() + "@" + provider.address())) {
            all.add(provider);
        }
    }
}
