package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The canonical forms of all columns that two stores share, as both databases describe them. Immutable. */
final class Canons {
    private final Table table;
    private final List<ColumnShape> old;
    private final List<ColumnShape> ofNew;
    private final List<Canon> forms = new ArrayList<>();

    private Canons(Table table, List<ColumnShape> old, List<ColumnShape> ofNew) {
        this.table = table;
        this.old = old;
        this.ofNew = ofNew;
        for (int i = 0; i < old.size(); i++) {
            forms.add(Canon.of(old.get(i), ofNew.get(i)));
        }
    }

    static Canons of(Table table, Store old, Store ofNew) throws SQLException {
        return new Canons(table, shapes(table, old), shapes(table, ofNew));
    }

    private static List<ColumnShape> shapes(Table table, Store store) throws SQLException {
        try (Connection connection = store.source().getConnection()) {
            return ColumnShape.read(connection, store, table.shared());
        }
    }

    /** Whether both stores order all keys alike, so that a range of keys holds the same rows in both. */
    boolean ordersAlike() {
        for (int i = 0; i < table.key().size(); i++) {
            if (!old.get(i).ordersAs(ofNew.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What a hash is taken of, in a statement; null where a column has no such form. */
    @Nullable
    String hashed(RowHash hash, boolean inOld) {
        return hash.row(forms, inOld ? old : ofNew, inOld ? ofNew : old);
    }

    Map<String, @Nullable String> row(Map<String, @Nullable String> texts) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 0; i < forms.size(); i++) {
            String column = table.shared().get(i);
            row.put(column, forms.get(i).text(texts.get(column)));
        }
        return row;
    }

    /** The key of a row; of its columns, those of the key are looked at. */
    RowKey key(Map<String, @Nullable String> texts) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        Map<String, @Nullable String> canonical = new LinkedHashMap<>();
        Map<String, @Nullable String> inOld = new LinkedHashMap<>();
        Map<String, @Nullable String> inNew = new LinkedHashMap<>();
        for (int i = 0; i < table.key().size(); i++) {
            String column = table.key().get(i);
            String canon = forms.get(i).text(texts.get(column));
            values.put(column, texts.get(column));
            canonical.put(column, canon);
            inOld.put(column, StoredKey.text(old.get(i), texts.get(column)));
            inNew.put(column, StoredKey.text(ofNew.get(i), texts.get(column)));
        }
        String text = KeyText.of(table.key(), values);
        String canon = KeyText.of(table.key(), canonical);
        Set<String> names = new LinkedHashSet<>(
                Arrays.asList(text, canon, KeyText.of(table.key(), inOld), KeyText.of(table.key(), inNew)));
        return new RowKey(values, text, canon, names);
    }

    /** The key that a text of it names. */
    RowKey key(String text) {
        return key(KeyText.parse(table.key(), text));
    }
}
