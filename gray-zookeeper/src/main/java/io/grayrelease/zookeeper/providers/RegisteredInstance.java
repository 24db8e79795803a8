package io.grayrelease.zookeeper.providers;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
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

    /** Names the services that it has, where Dubbo's metadata centre keeps them; null if it is no provider. */
    final @Nullable String revision() {
        return Parameters.text(metadata(), REVISION);
    }
}
