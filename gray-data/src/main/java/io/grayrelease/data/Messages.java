package io.grayrelease.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;

/**
 * The text of an event in a queue, in UTF-8: {@code {"route":"order-v2_to-new","key":"1","version":"281474976710657","body":"..."}}.
 * It names its route, for a topic may be of several.
 */
public final class Messages {
    private Messages() {}

    public static byte[] write(Route route, Event event) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("route").value(route.name());
            json.name("key").value(event.key());
            json.name("version").value(Long.toString(event.version()));
            json.name("body").value(event.body());
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("into a string", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The event of a message, if it is of the route.
     *
     * @throws IllegalArgumentException if it is not what {@link #write} wrote
     */
    public static Optional<Event> read(Route route, byte[] message) {
        Map<String, String> parts = parts(new String(message, StandardCharsets.UTF_8));
        return part(parts, "route").equals(route.name())
                ? Optional.of(Event.of(part(parts, "key"), Long.parseLong(part(parts, "version")), part(parts, "body")))
                : Optional.empty();
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new HashMap<>();
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.beginObject();
            while (json.hasNext()) {
                parts.put(json.nextName(), json.nextString());
            }
            json.endObject();
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException("message: found " + e.getMessage() + ", expected an event", e);
        }
        return parts;
    }

    private static String part(Map<String, String> parts, String name) {
        String part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("message: found " + parts.keySet() + ", expected " + name + " too");
        }
        return part;
    }
}
