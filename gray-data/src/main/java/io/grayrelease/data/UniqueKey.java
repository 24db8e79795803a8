package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a table has one row of a key at most: several would become one row in the other store, and a comparison, which finds rows by
 * their keys, would be clean.
 */
final class UniqueKey {
    private static final String POSTGRESQL =
            "SELECT CAST(i.indexrelid AS text), a.attname, NOT a.attnotnull FROM pg_index i"
                    + " JOIN pg_attribute a ON a.attrelid = i.indrelid"
                    + " AND a.attnum = ANY ((CAST(i.indkey AS int2[]))[0:i.indnkeyatts - 1])"
                    + " WHERE i.indrelid = CAST(? AS regclass) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL"
                    + " AND i.indexprs IS NULL";
    private static final String H2 = "SELECT i.index_name, i.column_name, c.is_nullable = 'YES' FROM"
            + " information_schema.index_columns i JOIN information_schema.columns c ON c.table_schema = i.table_schema"
            + " AND c.table_name = i.table_name AND c.column_name = i.column_name WHERE i.is_unique"
            + " AND i.table_schema = CURRENT_SCHEMA AND UPPER(i.table_name) = UPPER(?)";

    private final Store store;
    private final Set<String> key = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    UniqueKey(Store store, Table table) {
        this.store = store;
        key.addAll(table.key());
    }

    /** Adds a reason if it may have more. */
    void rowsOfOneKey(List<String> reasons) throws SQLException {
        boolean unique = Sql.own(
                store.source(),
                connection -> store.dialect(connection).isMysql()
                        ? ofMysql(connection)
                        : ofOthers(connection, store.dialect(connection) == Dialect.H2 ? H2 : POSTGRESQL));
        if (!unique) {
            reasons.add(store.table() + " of " + store.name() + ": found no primary key or unique index, NOT NULL, of "
                    + key + " or some of them, expected one: rows that share a key would become one");
        }
    }

    private boolean ofMysql(Connection connection) throws SQLException {
        Indexes indexes = new Indexes();
        try (PreparedStatement statement = connection.prepareStatement("SHOW INDEX FROM " + store.table());
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (rows.getInt("Non_unique") == 0) {
                    String column = rows.getString("Column_name");
                    boolean nullable = "YES".equals(rows.getString("Null"));
                    // MySQL has no column where an index is of an expression.
                    indexes.add(rows.getString("Key_name"), column == null ? "" : column, nullable);
                }
            }
        }
        return indexes.isAnyOf(key);
    }

    private boolean ofOthers(Connection connection, String sql) throws SQLException {
        Indexes indexes = new Indexes();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, store.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    indexes.add(rows.getString(1), rows.getString(2), rows.getBoolean(3));
                }
            }
        }
        return indexes.isAnyOf(key);
    }

    /** Unique indexes and their columns. */
    private static final class Indexes {
        private final Map<String, Set<String>> columns = new HashMap<>();

        void add(String index, String column, boolean nullable) {
            Set<String> known = columns.computeIfAbsent(index, name -> new TreeSet<>());
            // Any number of rows may have no value: such a column is none of a key.
            known.add(nullable ? "" : column.toLowerCase(Locale.ROOT));
        }

        boolean isAnyOf(Set<String> key) {
            return columns.values().stream().anyMatch(key::containsAll);
        }
    }
}
