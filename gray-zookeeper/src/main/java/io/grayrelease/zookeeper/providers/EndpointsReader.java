package io.grayrelease.zookeeper.providers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

import io.grayrelease.zookeeper.Nodes;

/** Reads the ports of one application once. Not thread-safe. */
final class EndpointsReader {
    private final CuratorFramework client;
    private final String application;
    private final List<Endpoint> all = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final InstancesReader instances;

    EndpointsReader(CuratorFramework client, String application) {
        this.client = client;
        this.application = application;
        this.instances = new InstancesReader(client, ProvidersReader.ROOT, unreadable);
    }

    Endpoints read(@Nullable String service) throws Exception {
        if (service == null) {
            readApplication();
        } else {
            readService(service);
        }
        return new Endpoints(all, unreadable);
    }

    /** Interfaces first, for only there every service of a process has its own version. */
    private void readService(String service) throws Exception {
        readInterface(service);
        ServiceMapping mapping = new ServiceMapping(client, ProvidersReader.ROOT);
        if (!mapping.applications(service).contains(application)) {
            return;
        }
        for (RegisteredInstance instance : instances.of(application)) {
            Provider provider = instances.provider(service, instance);
            if (provider != null) {
                instance.endpoints(provider.version()).forEach(this::add);
            }
        }
    }

    /** Processes first: where only the application is asked for, its own version counts. */
    private void readApplication() throws Exception {
        for (RegisteredInstance instance : instances.of(application)) {
            instance.endpoints(instance.version()).forEach(this::add);
        }
        for (String service : Nodes.children(client, Endpoints.INTERFACES)) {
            readInterface(service);
        }
    }

    private void readInterface(String service) throws Exception {
        String parent = Endpoints.providersOf(service);
        for (String node : Nodes.children(client, parent)) {
            Provider provider = instances.orUnreadable(parent + "/" + node, () -> ProviderUrl.read(service, node));
            if (provider != null && (provider.application() == null || application.equals(provider.application()))) {
                add(ProviderUrl.endpoint(service, node));
            }
        }
    }

    private void add(Endpoint endpoint) {
        if (seen.add(endpoint.address())) {
            all.add(endpoint);
        }
    }
}
