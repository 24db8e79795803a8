package io.grayrelease.data;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

/** One text for all texts of the same JSON: names in order, no blanks, numbers without zeros at the end. */
final class JsonCanon {
    private JsonCanon() {}

    /** @throws IllegalArgumentException if it is no JSON */
    static String of(String text) {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            StringBuilder canon = new StringBuilder();
            value(json, canon);
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("found more after the JSON");
            }
            return canon.toString();
        } catch (IOException | IllegalStateException e) {
            throw new IllegalArgumentException("found no JSON", e);
        }
    }

    private static void value(JsonReader json, StringBuilder canon) throws IOException {
        switch (json.peek()) {
            case BEGIN_OBJECT:
                object(json, canon);
                return;
            case BEGIN_ARRAY:
                array(json, canon);
                return;
            case STRING:
                quoted(json.nextString(), canon);
                return;
            case NUMBER:
                canon.append(number(new BigDecimal(json.nextString())));
                return;
            case BOOLEAN:
                canon.append(json.nextBoolean());
                return;
            default:
                json.nextNull();
                canon.append("null");
        }
    }

    private static String number(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
    }

    private static void object(JsonReader json, StringBuilder canon) throws IOException {
        SortedMap<String, String> members = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            StringBuilder member = new StringBuilder();
            value(json, member);
            members.put(name, member.toString());
        }
        json.endObject();
        canon.append('{');
        members.forEach((name, member) -> {
            quoted(name, canon);
            canon.append(':').append(member).append(',');
        });
        canon.append('}');
    }

    private static void array(JsonReader json, StringBuilder canon) throws IOException {
        canon.append('[');
        json.beginArray();
        while (json.hasNext()) {
            value(json, canon);
            canon.append(',');
        }
        json.endArray();
        canon.append(']');
    }

    /** With its length before it: no text can pass for two. */
    private static void quoted(String text, StringBuilder canon) {
        canon.append(text.length()).append('"').append(text);
    }
}
