package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Writes copied rows of which no event has reached the key, many at a time; in the order of their keys, as who applies events. */
final class CopyRows {
    private final Store store;
    private final Table table;
    private final String migration;
    private final MetaTable meta;
    private final TargetRows rows;

    CopyRows(String migration, Store store, Table table) {
        this.store = store;
        this.table = table;
        this.migration = migration;
        this.meta = new MetaTable(migration);
        this.rows = new TargetRows(migration, store, table);
    }

    /** Claims the keys and writes the rows, and says how many. */
    int write(Connection connection, List<Copied> copied) throws SQLException {
        SortedMap<String, Copied> byKey = new TreeMap<>();
        StoredKey names = store.storedKey(connection);
        for (Copied row : copied) {
            names.check(row.key, row.image.shared());
            byKey.put(row.key, row);
        }
        int written = store.dialect(connection) == Dialect.POSTGRESQL
                ? writeTogether(connection, byKey)
                : claimAndWrite(connection, byKey);
        if (written < byKey.size()) {
            settle(connection, byKey);
        }
        return written;
    }

    /**
     * Events of writers that do not know the new columns leave these to the copy, which is their first version: of keys that only
     * such events have reached, they alone are written.
     */
    private void settle(Connection connection, SortedMap<String, Copied> byKey) throws SQLException {
        SortedMap<String, Copied> known = new TreeMap<>(byKey);
        known.values().removeIf(row -> row.image.onlyNew().isEmpty());
        if (known.isEmpty()) {
            return;
        }
        Map<String, Meta> locked = meta.lock(connection, store.dialect(connection), new TreeSet<>(known.keySet()));
        List<Change> changes = known.values().stream()
                .map(row -> Change.none(row.key, locked.getOrDefault(row.key, Meta.NONE))
                        .with(Version.COPIED, row.image))
                .filter(change -> !change.isStale())
                .collect(Collectors.toList());
        rows.write(connection, changes);
        meta.update(connection, changes);
    }

    /** A row that was read for the copy. Immutable. */
    static final class Copied {
        final String key;
        final Image image;

        Copied(String key, Image image) {
            this.key = key;
            this.image = image;
        }
    }

    private int claimAndWrite(Connection connection, SortedMap<String, Copied> byKey) throws SQLException {
        Set<String> claimed = meta.claim(connection, store.dialect(connection), new TreeSet<>(byKey.keySet()));
        List<Change> changes = new ArrayList<>(claimed.size());
        for (Copied row : byKey.values()) {
            if (claimed.contains(row.key)) {
                changes.add(Change.none(row.key, Meta.NONE).with(Version.COPIED, row.image));
            }
        }
        rows.insert(connection, changes);
        return claimed.size();
    }

    /** In one statement, with an array for each column. */
    private int writeTogether(Connection connection, SortedMap<String, Copied> byKey) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql(connection))) {
            int index = 1;
            statement.setObject(index++, keys(byKey), Types.OTHER);
            for (String column : store.columns()) {
                statement.setObject(index++, values(connection, column, byKey), Types.OTHER);
            }
            statement.setString(index, migration);
            return statement.executeUpdate();
        }
    }

    private String sql(Connection connection) throws SQLException {
        List<String> columns = store.columns();
        List<String> arrays = new ArrayList<>();
        for (String column : columns) {
            arrays.add("CAST(? AS " + store.type(connection, column) + "[])");
        }
        return "WITH copied AS (SELECT * FROM unnest(CAST(? AS text[]), " + Sql.list(arrays) + ") AS c (gray_key, "
                + Sql.list(columns) + ")), claimed AS (INSERT INTO gray_meta"
                + " (migration, row_key, ver, ver_ext, deleted) SELECT ?, gray_key, 0, 0, FALSE FROM copied"
                + " ON CONFLICT DO NOTHING RETURNING row_key) INSERT INTO " + store.table() + " ("
                + Sql.list(columns) + ") SELECT "
                + columns.stream().map(column -> "copied." + column).collect(Collectors.joining(", "))
                + " FROM copied JOIN claimed ON claimed.row_key = copied.gray_key";
    }

    private static String keys(SortedMap<String, Copied> byKey) throws SQLException {
        ArrayLiteral keys = new ArrayLiteral(ColumnKind.TEXT, "row_key");
        for (String key : byKey.keySet()) {
            keys.add(key);
        }
        return keys.toString();
    }

    private String values(Connection connection, String column, SortedMap<String, Copied> byKey) throws SQLException {
        ArrayLiteral values = new ArrayLiteral(store.kind(connection, column), column);
        for (Copied row : byKey.values()) {
            values.add(value(row.image, column));
        }
        return values.toString();
    }

    private @Nullable String value(Image image, String column) {
        Map<String, @Nullable String> own = image.onlyNew().isEmpty() ? table.onlyNew() : image.onlyNew();
        return own.containsKey(column) ? own.get(column) : image.shared().get(column);
    }
}
