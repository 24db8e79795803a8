package io.grayrelease.zookeeper.providers;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.curator.framework.CuratorFramework;

import io.grayrelease.zookeeper.Nodes;

/** Which applications have a service: Dubbo's {@code /dubbo/mapping/<interface>} holds {@code order-app,stock-app}. */
final class ServiceMapping {
    private final CuratorFramework client;
    private final String parent;

    ServiceMapping(CuratorFramework client, String root) {
        this.client = client;
        this.parent = root + "/mapping";
    }

    List<String> services() throws Exception {
        return Nodes.children(client, parent);
    }

    Set<String> applications(String service) throws Exception {
        byte[] data = Nodes.data(client, parent + "/" + service);
        String text = data == null ? "" : new String(data, StandardCharsets.UTF_8);
        Set<String> applications = new LinkedHashSet<>();
        for (String application : text.split(",", -1)) {
            if (!application.trim().isEmpty()) {
                applications.add(application.trim());
            }
        }
        return applications;
    }
}
