package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes rows of the store that orders writes. What a write returns is the row as the database has it, read under the
 * row's lock: defaults, triggers and rounding are in it, and no other write is between it and the version that is drawn next.
 */
final class PrimaryRows {
    private final Store store;
    private final Table table;
    private final List<String> key;
    private final List<String> columns;
    private final Extras extras;

    PrimaryRows(String migration, Store store, Table table) {
        this.store = store;
        this.table = table;
        this.key = table.key();
        this.columns = store.columns();
        this.extras = new Extras(migration);
    }

    /** A row that was written, and not looked at yet: from here on, its transaction must tell of it or must not commit. */
    interface Written {
        Image image() throws SQLException;
    }

    /** Inserts the given columns; of those that only the new store has, their defaults where they are not given. */
    Written insert(Connection connection, Map<String, @Nullable String> given) throws SQLException {
        Map<String, @Nullable String> row = new LinkedHashMap<>(given);
        table.onlyNew().forEach(row::putIfAbsent);
        String sql = "INSERT INTO " + store.table() + " (" + Sql.list(columns) + ") VALUES ("
                + Sql.marks(columns.size()) + ")";
        if (store.dialect(connection).insertsReturnRows()) {
            Map<String, @Nullable String> written = returned(connection, sql, columns, row);
            return () -> found(connection, written, given);
        }
        execute(connection, sql, columns, row);
        return () -> found(connection, locked(connection, row), given);
    }

    private Image found(
            Connection connection, @Nullable Map<String, @Nullable String> written, Map<String, @Nullable String> given)
            throws SQLException {
        if (written == null) {
            throw new SQLException("the row that was written is not there; does a trigger take it away?");
        }
        return image(connection, written, given);
    }

    /** Writes the given columns and leaves others as they are; null if there is no row with the key. */
    @Nullable
    Written update(Connection connection, Map<String, @Nullable String> given) throws SQLException {
        List<String> set = set(given);
        if (set.isEmpty()) {
            return written(connection, locked(connection, given), given);
        }
        if (store.dialect(connection).updatesReturnRows()) {
            return written(connection, returned(connection, update(set), bound(set), given), given);
        }
        // A service may have its driver count the rows that differ now.
        if (execute(connection, update(set), bound(set), given) == 0) {
            return written(connection, locked(connection, given), given);
        }
        return () -> found(connection, locked(connection, given), given);
    }

    private @Nullable Written written(
            Connection connection,
            @Nullable Map<String, @Nullable String> written,
            Map<String, @Nullable String> given) {
        return written == null ? null : () -> image(connection, written, given);
    }

    /** As {@link #update} of columns that are not kept beside the row, and says only whether there is one. */
    boolean updateUnseen(Connection connection, Map<String, @Nullable String> given) throws SQLException {
        List<String> set = set(given);
        boolean updated = !set.isEmpty() && execute(connection, update(set), bound(set), given) > 0;
        // A service may have its driver count the rows that differ now.
        return updated || locked(connection, given) != null;
    }

    private List<String> set(Map<String, @Nullable String> given) {
        List<String> set = new ArrayList<>(columns);
        set.retainAll(given.keySet());
        set.removeAll(key);
        return set;
    }

    private List<String> bound(List<String> set) {
        List<String> bound = new ArrayList<>(set);
        bound.addAll(key);
        return bound;
    }

    private String update(List<String> set) {
        return "UPDATE " + store.table() + " SET " + Sql.equal(set, ", ") + " WHERE " + Sql.equal(key, " AND ");
    }

    /** The key of the row that is gone now, or null if there was none. */
    @Nullable
    Written delete(Connection connection, Map<String, @Nullable String> keyValues) throws SQLException {
        Map<String, @Nullable String> gone = deleted(connection, keyValues);
        return gone == null ? null : () -> imageOfDeleted(connection, gone);
    }

    private @Nullable Map<String, @Nullable String> deleted(
            Connection connection, Map<String, @Nullable String> keyValues) throws SQLException {
        String sql = "DELETE FROM " + store.table() + " WHERE " + Sql.equal(key, " AND ");
        if (store.dialect(connection).insertsReturnRows()) {
            return returned(connection, sql, key, keyValues);
        }
        // The key as it is stored: where "A" finds "a", the other store must delete "a".
        Map<String, @Nullable String> before = locked(connection, keyValues);
        if (before != null) {
            execute(connection, sql, key, keyValues);
        }
        return before;
    }

    /** What events and our tables call a row. */
    String name(Connection connection, Map<String, @Nullable String> row) throws SQLException {
        return store.storedKey(connection).text(row);
    }

    /** The row that statements of the service's own have written or deleted. */
    Image changed(Connection connection, Map<String, @Nullable String> keyValues) throws SQLException {
        Map<String, @Nullable String> now = locked(connection, keyValues);
        return now == null ? imageOfDeleted(connection, keyValues) : image(connection, now, Collections.emptyMap());
    }

    /** The row as it is, with what is kept beside it. */
    Image whole(Connection connection, Map<String, @Nullable String> keyValues) throws SQLException {
        Image now = changed(connection, keyValues);
        if (now.isDeleted() || !keepsExtras()) {
            return now;
        }
        String rowKey = name(connection, now.shared());
        return Image.written(
                now.shared(),
                extras.find(connection, Collections.singletonList(rowKey))
                        .getOrDefault(rowKey, Collections.emptyMap()));
    }

    /** The new store says what its own columns hold; the old one keeps beside it what a writer that knows them has given. */
    private Image image(
            Connection connection, Map<String, @Nullable String> written, Map<String, @Nullable String> given)
            throws SQLException {
        Map<String, @Nullable String> shared = only(table.shared(), written);
        if (store.hasOnlyNew()) {
            return Image.written(shared, only(table.onlyNew().keySet(), written));
        }
        Map<String, @Nullable String> onlyNew = only(table.onlyNew().keySet(), given);
        if (!onlyNew.isEmpty()) {
            extras.put(connection, store.dialect(connection), name(connection, shared), onlyNew);
        }
        return Image.written(shared, onlyNew);
    }

    private Image imageOfDeleted(Connection connection, Map<String, @Nullable String> gone) throws SQLException {
        Map<String, @Nullable String> keyValues = only(key, gone);
        if (keepsExtras()) {
            extras.remove(connection, name(connection, keyValues));
        }
        return Image.deleted(keyValues);
    }

    private boolean keepsExtras() {
        return !store.hasOnlyNew() && !table.onlyNew().isEmpty();
    }

    /** Whether some of these are kept beside the row. */
    boolean keepsExtras(Map<String, @Nullable String> given) {
        return keepsExtras() && given.keySet().containsAll(table.onlyNew().keySet());
    }

    private static Map<String, @Nullable String> only(
            Collection<String> columns, Map<String, @Nullable String> values) {
        Map<String, @Nullable String> only = new LinkedHashMap<>();
        for (String column : columns) {
            if (values.containsKey(column)) {
                only.put(column, values.get(column));
            }
        }
        return only;
    }

    /** The row under its lock, or null. A plain SELECT may read from before a change that this transaction waited for. */
    @Nullable
    Map<String, @Nullable String> locked(Connection connection, Map<String, @Nullable String> keyValues)
            throws SQLException {
        return query(connection, select() + " FOR UPDATE", key, keyValues);
    }

    private String select() {
        return select("");
    }

    private String select(String more) {
        return "SELECT " + Sql.list(columns) + more + " FROM " + store.table() + " WHERE " + Sql.equal(key, " AND ");
    }

    /** The row as its mapper reads it, or null; of the columns that only the new store has, those that are known. */
    @Nullable
    Map<String, @Nullable Object> read(Connection connection, Map<String, @Nullable String> keyValues)
            throws SQLException {
        if (!keepsExtras()) {
            return read(connection, select(), keyValues, Collections.emptyList());
        }
        String asked = name(connection, keyValues);
        Map<String, @Nullable Object> values =
                read(connection, select(", " + Extras.COLUMN), keyValues, Arrays.asList(extras.migration(), asked));
        if (values != null) {
            String stored = name(connection, keyTexts(values));
            Object body = values.remove(Extras.COLUMN);
            values.putAll(
                    stored.equals(asked)
                            ? Extras.read((String) body)
                            : extras.find(connection, Collections.singletonList(stored))
                                    .getOrDefault(stored, Collections.emptyMap()));
        }
        return values;
    }

    private @Nullable Map<String, @Nullable Object> read(
            Connection connection, String sql, Map<String, @Nullable String> keyValues, List<String> ofExtras)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = 1;
            for (String parameter : ofExtras) {
                statement.setString(next++, parameter);
            }
            store.bind(statement, next, key, keyValues);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? values(rows, !ofExtras.isEmpty()) : null;
            }
        }
    }

    private Map<String, @Nullable Object> values(ResultSet rows, boolean withExtras) throws SQLException {
        Map<String, @Nullable Object> values = store.values(rows);
        if (withExtras) {
            values.put(Extras.COLUMN, rows.getString(columns.size() + 1));
        }
        return values;
    }

    /** Of the key as it is stored, which what is kept beside the row is kept by: "abc" may find "ABC" or "abc  ". */
    private Map<String, @Nullable String> keyTexts(Map<String, @Nullable Object> values) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        for (String column : key) {
            texts.put(column, Texts.of(values.get(column)));
        }
        return texts;
    }

    private @Nullable Map<String, @Nullable String> returned(
            Connection connection, String sql, List<String> bound, Map<String, @Nullable String> values)
            throws SQLException {
        return query(connection, sql + " RETURNING " + Sql.list(columns), bound, values);
    }

    private @Nullable Map<String, @Nullable String> query(
            Connection connection, String sql, List<String> bound, Map<String, @Nullable String> values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            store.bind(statement, 1, bound, values);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? store.texts(rows, columns) : null;
            }
        }
    }

    private int execute(Connection connection, String sql, List<String> bound, Map<String, @Nullable String> values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            store.bind(statement, 1, bound, values);
            return statement.executeUpdate();
        }
    }
}
