package io.grayrelease.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.SQLDataException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;

/** The text of a table, as services leave it for tools: names in both stores, key, columns, and defaults. */
final class TableText {
    private TableText() {}

    static String write(Table table) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("old").value(table.oldName());
            json.name("new").value(table.newName());
            write(json, "key", table.key());
            write(
                    json,
                    "shared",
                    table.shared().subList(table.key().size(), table.shared().size()));
            json.name("onlyNew").beginObject();
            for (java.util.Map.Entry<String, @Nullable String> column :
                    table.onlyNew().entrySet()) {
                json.name(column.getKey()).value(column.getValue());
            }
            json.endObject();
            write(json, "left", table.left());
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("into a string", e);
        }
        return text.toString();
    }

    private static void write(JsonWriter json, String name, List<String> columns) throws IOException {
        json.name(name).beginArray();
        for (String column : columns) {
            json.value(column);
        }
        json.endArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws SQLDataException if it is anything else
     */
    static Table read(String text) throws SQLDataException {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.beginObject();
            Table.Builder builder = Table.named(text(json, "old")).namedInNew(text(json, "new"));
            builder.key(texts(json, "key")).shared(texts(json, "shared"));
            expect(json, "onlyNew");
            json.beginObject();
            while (json.hasNext()) {
                String column = json.nextName();
                builder.onlyNew(column, value(json));
            }
            json.endObject();
            builder.leaves(texts(json, "left"));
            json.endObject();
            return builder.build();
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new SQLDataException("gray_table: found " + e.getMessage() + ", expected {\"old\": ...}", "22032", e);
        }
    }

    private static @Nullable String value(JsonReader json) throws IOException {
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
            return null;
        }
        return json.nextString();
    }

    private static String text(JsonReader json, String name) throws IOException {
        expect(json, name);
        return json.nextString();
    }

    private static String[] texts(JsonReader json, String name) throws IOException {
        expect(json, name);
        List<String> texts = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            texts.add(json.nextString());
        }
        json.endArray();
        return texts.toArray(new String[0]);
    }

    private static void expect(JsonReader json, String name) throws IOException {
        String found = json.nextName();
        if (!found.equals(name)) {
            throw new IllegalArgumentException(found);
        }
    }
}
