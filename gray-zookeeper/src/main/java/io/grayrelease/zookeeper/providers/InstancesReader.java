package io.grayrelease.zookeeper.providers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

import io.grayrelease.zookeeper.Nodes;

/** Reads the processes of applications, and which services they have. Not thread-safe. */
final class InstancesReader {
    private final CuratorFramework client;
    private final ServiceMetadata metadata;
    private final List<String> unreadable;
    private final Map<String, List<RegisteredInstance>> read = new HashMap<>();

    /** A reader that tells a list what it could not read. */
    InstancesReader(CuratorFramework client, String root, List<String> unreadable) {
        this.client = client;
        this.metadata = new ServiceMetadata(client, root);
        this.unreadable = unreadable;
    }

    /** An application is asked once, however many services it has. */
    List<RegisteredInstance> of(String application) throws Exception {
        List<RegisteredInstance> known = read.get(application);
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
        read.put(application, found);
        return found;
    }

    /** The mapping names applications that once had a service; the metadata, where there is any, knows better. */
    @Nullable
    Provider provider(String service, RegisteredInstance instance) throws Exception {
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

    <T> @Nullable T orUnreadable(String path, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            unreadable.add(path + ": " + e.getMessage());
            return null;
        }
    }
}
