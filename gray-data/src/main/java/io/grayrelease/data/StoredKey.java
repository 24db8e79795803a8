package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The name of a row in events and our tables: the one text of all that its key's columns keep as one value (with and without the
 * blanks of a CHAR, a UUID in either case), and not of all that its database finds equal. Immutable.
 */
final class StoredKey {
    private final List<String> key;
    private final List<ColumnShape> shapes;

    private StoredKey(List<String> key, List<ColumnShape> shapes) {
        this.key = key;
        this.shapes = shapes;
    }

    static StoredKey of(Connection connection, Store store, List<String> key) throws SQLException {
        return new StoredKey(key, ColumnShape.read(connection, store, key));
    }

    /** The one text of a key, of a row or an event; of its columns, those of the key are looked at. */
    String text(Map<String, @Nullable String> values) {
        Map<String, @Nullable String> canonical = new LinkedHashMap<>();
        for (ColumnShape shape : shapes) {
            canonical.put(shape.name, text(shape, values.get(shape.name)));
        }
        return KeyText.of(key, canonical);
    }

    /**
     * Makes sure that a row is found by its name here: else an event of it would be one of another row, here or on the way back.
     *
     * @throws SQLDataException if this store keeps the key as one of another name
     */
    void check(String name, Map<String, @Nullable String> values) throws SQLDataException {
        String kept = text(values);
        if (!kept.equals(name)) {
            throw new SQLDataException(
                    "key: found " + name + ", which " + key + " keeps as " + kept + ": expected it so in both stores",
                    "22000");
        }
    }

    /** The one text of a value of a column. */
    static @Nullable String text(ColumnShape shape, @Nullable String value) {
        if (value != null && shape.kind == ColumnKind.BINARY) {
            byte[] bytes = Base64.getDecoder().decode(value);
            return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, Math.max(bytes.length, shape.paddedTo)));
        }
        return Canon.of(shape, shape).text(value);
    }
}
