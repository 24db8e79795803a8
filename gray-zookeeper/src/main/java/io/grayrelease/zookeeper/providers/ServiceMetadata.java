package io.grayrelease.zookeeper.providers;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.grayrelease.zookeeper.Nodes;

/**
 * The services of an application's revision with their parameters, where processes keep them in ZooKeeper
 * ({@code metadata-type=remote}): {@code /dubbo/metadata/<application>/<revision>}. Not thread-safe.
 */
final class ServiceMetadata {
    private final CuratorFramework client;
    private final String parent;
    private final Map<String, @Nullable Map<String, Map<String, String>>> known = new HashMap<>();

    ServiceMetadata(CuratorFramework client, String root) {
        this.client = client;
        this.parent = root + "/metadata";
    }

    /** Parameters by interface; null if only the processes themselves can tell. */
    @Nullable
    Map<String, Map<String, String>> services(String application, String revision) throws Exception {
        String path = parent + "/" + application + "/" + revision;
        if (!known.containsKey(path)) {
            byte[] data = Nodes.data(client, path);
            known.put(path, data == null ? null : read(new String(data, StandardCharsets.UTF_8)));
        }
        return known.get(path);
    }

    private static @Nullable Map<String, Map<String, String>> read(String text) {
        try {
            Map<String, Map<String, String>> services = new HashMap<>();
            JsonObject all = JsonParser.parseString(text).getAsJsonObject().getAsJsonObject("services");
            for (Map.Entry<String, JsonElement> service : all.entrySet()) {
                JsonObject one = service.getValue().getAsJsonObject();
                services.put(one.get("name").getAsString(), strings(one.getAsJsonObject("params")));
            }
            return services;
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            return null; // of another Dubbo, which nobody has to understand
        }
    }

    private static Map<String, String> strings(JsonObject params) {
        Map<String, String> strings = new HashMap<>();
        params.entrySet()
                .forEach(param -> strings.put(param.getKey(), param.getValue().getAsString()));
        return strings;
    }
}
