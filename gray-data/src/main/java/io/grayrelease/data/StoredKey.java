package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which texts of a key name the same row of one store: those that its columns keep as one value (with and without the blanks of a
 * CHAR, a UUID in either case), and not all that its database finds equal. Immutable.
 */
final class StoredKey {
    private final Table table;
    private final List<ColumnShape> shapes;

    private StoredKey(Table table, List<ColumnShape> shapes) {
        this.table = table;
        this.shapes = shapes;
    }

    static StoredKey of(Connection connection, Store store, Table table) throws SQLException {
        return new StoredKey(table, ColumnShape.read(connection, store, table.key()));
    }

    /** The one text of a key, of a row or an event; of its columns, those of the key are looked at. */
    String text(Map<String, @Nullable String> values) {
        Map<String, @Nullable String> canonical = new LinkedHashMap<>();
        for (ColumnShape shape : shapes) {
            canonical.put(shape.name, text(shape, values.get(shape.name)));
        }
        return KeyText.of(table.key(), canonical);
    }

    private static @Nullable String text(ColumnShape shape, @Nullable String value) {
        return Canon.of(shape, shape).text(value);
    }
}
