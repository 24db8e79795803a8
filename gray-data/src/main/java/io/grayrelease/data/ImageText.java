package io.grayrelease.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.SQLDataException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;

/** The text of an image: {@code {"row":{"id":"1"},"new":{"channel":"web"}}}, or {@code {"deleted":{"id":"1"}}}. */
final class ImageText {
    private ImageText() {}

    /** The columns that only the new store has are in ASCII: an old store of another encoding may not have their characters. */
    static String write(Image image) {
        String row = "{\"" + (image.isDeleted() ? "deleted" : "row") + "\":" + values(image.shared());
        return image.onlyNew().isEmpty() ? row + "}" : row + ",\"new\":" + Ascii.json(values(image.onlyNew())) + "}";
    }

    private static String values(Map<String, @Nullable String> values) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            for (Map.Entry<String, @Nullable String> value : values.entrySet()) {
                json.name(value.getKey()).value(value.getValue());
            }
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("into a string", e);
        }
        return text.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws SQLDataException if it is anything else
     */
    static Image read(String text) throws SQLDataException {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            Map<String, Map<String, @Nullable String>> parts = new LinkedHashMap<>();
            json.beginObject();
            while (json.hasNext()) {
                parts.put(json.nextName(), values(json));
            }
            json.endObject();
            return image(parts);
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new SQLDataException("event: found " + e.getMessage() + ", expected {\"row\": ...}", "22032", e);
        }
    }

    private static Map<String, @Nullable String> values(JsonReader json) throws IOException {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (json.peek() == JsonToken.NULL) {
                json.nextNull();
                values.put(name, null);
            } else {
                values.put(name, json.nextString());
            }
        }
        json.endObject();
        return values;
    }

    private static Image image(Map<String, Map<String, @Nullable String>> parts) {
        Map<String, @Nullable String> deleted = parts.get("deleted");
        if (deleted != null && parts.size() == 1) {
            return Image.deleted(deleted);
        }
        Map<String, @Nullable String> row = parts.get("row");
        Map<String, @Nullable String> onlyNew = parts.getOrDefault("new", new LinkedHashMap<>());
        if (row == null || parts.size() != (onlyNew.isEmpty() ? 1 : 2)) {
            throw new IllegalArgumentException("the parts " + parts.keySet());
        }
        return Image.written(row, onlyNew);
    }
}
