package io.grayrelease.zookeeper.providers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * A process of the layout {@code /services/<application>/<id>}, where Dubbo and Spring Cloud register what Curator's service
 * discovery writes. Immutable.
 */
@AutoValue
public abstract class RegisteredInstance {
    /** The node whose children are the applications; {@value}. */
    public static final String ROOT = "/services";

    private static final String ENDPOINTS = "dubbo.endpoints";
    private static final String REVISION = "dubbo.metadata.revision";

    RegisteredInstance() {}

    /**
     * Reads a node's data.
     *
     * @throws IllegalArgumentException if it is no instance; the message tells what was expected
     */
    public static RegisteredInstance read(String application, byte[] node) {
        try {
            JsonObject json = JsonParser.parseString(new String(node, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            return new AutoValue_RegisteredInstance(
                    application,
                    json.get("address").getAsString() + ":" + json.get("port").getAsInt(),
                    Collections.unmodifiableMap(metadata(json)));
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | UnsupportedOperationException
                | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected JSON with address, port and payload.metadata, as Curator's service discovery writes it",
                    e);
        }
    }

    private static Map<String, String> metadata(JsonObject json) {
        Map<String, String> metadata = new HashMap<>();
        JsonElement payload = json.get("payload");
        if (payload != null
                && payload.isJsonObject()
                && payload.getAsJsonObject().has("metadata")) {
            payload.getAsJsonObject()
                    .getAsJsonObject("metadata")
                    .entrySet()
                    .forEach(entry -> put(metadata, entry.getKey(), entry.getValue()));
        }
        return metadata;
    }

    private static void put(Map<String, String> metadata, String key, JsonElement value) {
        if (value.isJsonPrimitive()) {
            metadata.put(key, value.getAsString());
        }
    }

    /** The application that it belongs to. */
    public abstract String application();

    /** Host and port. */
    public abstract String address();

    /** What it says of itself, such as {@code gray.version}. */
    public abstract Map<String, String> metadata();

    /** The version of the application: {@code gray.version}, else {@code application.version}; null without either. */
    public final @Nullable String version() {
        return Parameters.version(metadata());
    }

    /**
     * Its ports, as Dubbo lists them in {@code dubbo.endpoints}; without such a list, the one that it registered.
     *
     * @param version that of the service which is asked for
     */
    final List<Endpoint> endpoints(@Nullable String version) {
        String listed = Parameters.text(metadata(), ENDPOINTS);
        List<Endpoint> endpoints = new ArrayList<>();
        try {
            if (listed != null) {
                JsonParser.parseString(listed).getAsJsonArray().forEach(one -> endpoints.add(endpoint(one, version)));
            }
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | UnsupportedOperationException
                | NumberFormatException e) {
            endpoints.clear(); // a list of another Dubbo
        }
        if (endpoints.isEmpty()) {
            endpoints.add(Endpoint.of(address(), null, version, Parameters.httpPort(metadata())));
        }
        return endpoints;
    }

    private Endpoint endpoint(JsonElement listed, @Nullable String version) {
        JsonObject endpoint = listed.getAsJsonObject();
        String host = address().substring(0, address().lastIndexOf(':') + 1);
        return Endpoint.of(
                host + endpoint.get("port").getAsInt(),
                endpoint.get("protocol").getAsString(),
                version,
                Parameters.httpPort(metadata()));
    }

    /** Names the services that it has, where Dubbo's metadata centre keeps them; null if it is no provider. */
    final @Nullable String revision() {
        return Parameters.text(metadata(), REVISION);
    }
}
