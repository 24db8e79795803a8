package io.grayrelease.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A key in one text: the value itself, or with several columns {@code 3:abc2:xy}, each with its length before it. */
final class KeyText {
    /** So many characters fit into the index of every database. */
    private static final int LONGEST = 255;

    private KeyText() {}

    /**
     * The text of the key of a row.
     *
     * @throws IllegalArgumentException if a column of the key is null, or the text too long
     */
    static String of(List<String> columns, Map<String, @Nullable String> row) {
        StringBuilder text = new StringBuilder();
        for (String column : columns) {
            String value = row.get(column);
            if (value == null) {
                throw new IllegalArgumentException(column + ": found null, expected the value of a key");
            }
            text.append(columns.size() == 1 ? value : value.length() + ":" + value);
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    columns + ": found a key of " + text.length() + " characters, expected at most " + LONGEST);
        }
        return text.toString();
    }

    /**
     * The columns of a key that {@link #of} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    static Map<String, @Nullable String> parse(List<String> columns, String text) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        if (columns.size() == 1) {
            values.put(columns.get(0), text);
            return values;
        }
        int at = 0;
        for (String column : columns) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? -1 : colon + 1 + Integer.parseInt(text.substring(at, colon));
            if (end < 0 || end > text.length()) {
                throw new IllegalArgumentException(columns + ": found key " + text + ", expected lengths and values");
            }
            values.put(column, text.substring(colon + 1, end));
            at = end;
        }
        return values;
    }
}
