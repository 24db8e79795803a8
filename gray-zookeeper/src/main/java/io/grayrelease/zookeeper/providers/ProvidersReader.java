package io.grayrelease.zookeeper.providers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

import io.grayrelease.zookeeper.Nodes;

/** Reads both layouts once. Not thread-safe. */
final class ProvidersReader {
    private static final String ROOT = "/dubbo";

    private final CuratorFramework client;
    private final List<Provider> all = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, List<RegisteredInstance>> instances = new HashMap<>();
    private final ServiceMetadata metadata;

    ProvidersReader(CuratorFramework client) {
        this.client = client;
        this.metadata = new ServiceMetadata(client, ROOT);
    }

    Providers read() throws Exception {
        for (String service : Nodes.children(client, ROOT)) {
            readInterface(service);
        }
        ServiceMapping mapping = new ServiceMapping(client, ROOT);
        for (String service : mapping.services()) {
            for (String application : mapping.applications(service)) {
                for (RegisteredInstance instance : instances(application)) {
                    add(provider(service, instance));
                }
            }
        }
        return new Providers(all, unreadable);
    }

    /** First, for only here every service of a process has its own version. */
    private void readInterface(String service) throws Exception {
        String parent = ROOT + "/" + service + "/providers";
        for (String node : Nodes.children(client, parent)) {
            add(orUnreadable(parent + "/" + node, () -> ProviderUrl.read(service, node)));
        }
    }

    /** An application is asked once, however many services it has. */
    private List<RegisteredInstance> instances(String application) throws Exception {
        List<RegisteredInstance> known = instances.get(application);
        if (known != null) {
            return known;
        }
        List<RegisteredInstance> found = new ArrayList<>();
        String parent = RegisteredInstance.ROOT + "/" + application;
        for (String node : Nodes.children(client, parent)) {
            byte[] data = Nodes.data(client, parent + "/" + node);
            RegisteredInstance instance = data == null
                    ? null
                    : orUnreadable(parent + "/" + node, () -> RegisteredInstance.read(application, data));
            if (instance != null) {
                found.add(instance);
            }
        }
        instances.put(application, found);
        return found;
    }

    /** The mapping names applications that once had a service; the metadata, where there is any, knows better. */
    private @Nullable Provider provider(String service, RegisteredInstance instance) throws Exception {
        if (instance.revision() == null) {
            return null;
        }
        Map<String, Map<String, String>> services = metadata.services(instance.application(), instance.revision());
        if (services == null) {
            return Provider.of(service, instance.application(), instance.version(), instance.address());
        }
        Map<String, String> parameters = services.get(service);
        if (parameters == null) {
            return null;
        }
        String version = Parameters.version(parameters);
        return Provider.of(
                service, instance.application(), version != null ? version : instance.version(), instance.address());
    }

    private void add(@Nullable Provider provider) {
        if (provider != null && seen.add(provider.service() + "@" + provider.address())) {
            all.add(provider);
        }
    }

    private <T> @Nullable T orUnreadable(String path, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            unreadable.add(path + ": " + e.getMessage());
            return null;
        }
    }
}
