package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** One of the two stores: its database, its table there, and what its columns hold. Thread-safe. */
final class Store {
    private final String name;
    private final DataSource source;
    private final String table;
    private final List<String> key;
    private final List<String> columns;
    private final boolean hasOnlyNew;
    private volatile @Nullable Described described;
    private volatile @Nullable StoredKey storedKey;

    private Store(
            String name, DataSource source, String table, List<String> key, List<String> columns, boolean hasOnlyNew) {
        this.name = name;
        this.source = source;
        this.table = table;
        this.key = key;
        this.columns = columns;
        this.hasOnlyNew = hasOnlyNew;
    }

    static Store old(DataSource source, Table table) {
        return new Store(StoreFault.OLD, source, table.oldName(), table.key(), table.shared(), false);
    }

    static Store ofNew(DataSource source, Table table) {
        return new Store(
                StoreFault.NEW,
                source,
                table.newName(),
                table.key(),
                table.columnsOfNew(),
                !table.onlyNew().isEmpty());
    }

    private static final class Described {
        final Dialect dialect;
        final Map<String, ColumnKind> kinds;
        final Map<String, String> types;
        /** The columns that are read with blanks which are no part of their value. */
        final Set<String> blanks;
        /** The columns of which the database draws values. */
        final Set<String> generated;

        final Session session;
        final List<@Nullable String> place;

        Described(
                Dialect dialect,
                Map<String, ColumnKind> kinds,
                Map<String, String> types,
                Set<String> blanks,
                Set<String> generated,
                Session session,
                List<@Nullable String> place) {
            this.dialect = dialect;
            this.kinds = kinds;
            this.types = types;
            this.blanks = blanks;
            this.generated = generated;
            this.session = session;
            this.place = place;
        }
    }

    /** How people are told of it: as the old or the new one. */
    String name() {
        return name;
    }

    DataSource source() {
        return source;
    }

    String table() {
        return table;
    }

    List<String> key() {
        return key;
    }

    List<String> columns() {
        return columns;
    }

    /** Whether it has columns that the other store has not. */
    boolean hasOnlyNew() {
        return hasOnlyNew;
    }

    Dialect dialect(Connection connection) throws SQLException {
        return described(connection).dialect;
    }

    /**
     * Reads what the database says of the table, if nobody has yet: a store may be away when a service starts.
     *
     * @throws IllegalArgumentException naming a column of a type that does not travel
     */
    private Described described(Connection connection) throws SQLException {
        Described known = described;
        if (known == null) {
            known = describe(connection);
            described = known;
        }
        return known;
    }

    private Described describe(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        Map<String, ColumnKind> kinds = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        Set<String> blanks = new HashSet<>();
        Set<String> generated = new HashSet<>();
        String sql = "SELECT " + Sql.list(columns) + " FROM " + table + " WHERE 1 = 0";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet none = statement.executeQuery()) {
            ResultSetMetaData described = none.getMetaData();
            for (int i = 0; i < columns.size(); i++) {
                kinds.put(columns.get(i), ColumnKinds.of(dialect, described, i + 1));
                types.put(columns.get(i), described.getColumnTypeName(i + 1));
                if (described.getColumnType(i + 1) == Types.CHAR) {
                    blanks.add(columns.get(i));
                }
                if (described.isAutoIncrement(i + 1)) {
                    generated.add(columns.get(i));
                }
            }
        }
        if (dialect.isMysql()) {
            MysqlKey.check(connection, table, key);
        }
        return new Described(
                dialect,
                kinds,
                types,
                blanks,
                generated,
                Session.of(connection, dialect, kinds.values()),
                place(connection));
    }

    /** Where a connection leads: database, catalog and schema. */
    static List<@Nullable String> place(Connection connection) throws SQLException {
        return Arrays.asList(connection.getMetaData().getURL(), connection.getCatalog(), connection.getSchema());
    }

    /** Whether it has answered yet. */
    boolean isReached() {
        return described != null;
    }

    /** Whether both are known to be in one database, catalog and schema. */
    boolean isIn(Store other) {
        Described known = described;
        Described ofOther = other.described;
        return known != null && ofOther != null && known.place.get(0) != null && known.place.equals(ofOther.place);
    }

    /** Whether both are known to be databases of one make, and of one name, catalog and schema. */
    boolean isNamedAs(Store other) {
        Described known = described;
        Described ofOther = other.described;
        return known != null
                && ofOther != null
                && known.dialect != Dialect.H2
                && known.dialect.isMysql() == ofOther.dialect.isMysql()
                && known.place.subList(1, 3).equals(ofOther.place.subList(1, 3));
    }

    /** Binds the values of some columns, in their order, and says which parameter comes next. */
    int bind(PreparedStatement statement, int from, Collection<String> of, Map<String, @Nullable String> values)
            throws SQLException {
        int index = from;
        for (String column : of) {
            if (!values.containsKey(column)) {
                throw new SQLDataException(
                        column + ": found no value, expected one; the row has " + values.keySet(), "22000");
            }
            Connection connection = statement.getConnection();
            kind(connection, column).bind(statement, index++, column, values.get(column), session(connection));
        }
        return index;
    }

    /** The values of some columns, which a row of a result begins with, as texts. */
    Map<String, @Nullable String> texts(ResultSet rows, Collection<String> of) throws SQLException {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        Set<String> blanks = described(rows.getStatement().getConnection()).blanks;
        int index = 1;
        for (String column : of) {
            String text = Texts.of(value(rows, index++, column));
            texts.put(column, text != null && blanks.contains(column) ? Texts.withoutBlanks(text) : text);
        }
        return texts;
    }

    /** All columns of a row of a result, as their mapper reads them. */
    Map<String, @Nullable Object> values(ResultSet rows) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        int index = 1;
        for (String column : columns) {
            values.put(column, value(rows, index++, column));
        }
        return values;
    }

    /** The value of a text, as the column's mapper reads it; the text itself while nothing is known of the column. */
    @Nullable
    Object value(String column, @Nullable String text) {
        Described known = described;
        ColumnKind kind = known == null ? null : known.kinds.get(column);
        return known == null || kind == null || text == null ? text : known.session.value(kind, text);
    }

    private @Nullable Object value(ResultSet rows, int index, String column) throws SQLException {
        Connection connection = rows.getStatement().getConnection();
        return kind(connection, column).read(rows, index, session(connection));
    }

    /** The columns of which the database draws a value where none is given, or 0. */
    Set<String> generated(Connection connection) throws SQLException {
        return described(connection).generated;
    }

    /** How rows are named, by what the database says of the key's columns. */
    StoredKey storedKey(Connection connection) throws SQLException {
        StoredKey known = storedKey;
        if (known == null) {
            known = StoredKey.of(connection, this, key);
            storedKey = known;
        }
        return known;
    }

    /** As {@link #storedKey(Connection)}, over a connection of its own if nobody has asked yet. */
    StoredKey storedKey() throws SQLException {
        StoredKey known = storedKey;
        return known == null ? Sql.one(source, this::storedKey) : known;
    }

    Session session(Connection connection) throws SQLException {
        return described(connection).session;
    }

    /** The database's name of a column's type. */
    String type(Connection connection, String column) throws SQLException {
        return described(connection).types.getOrDefault(column, "").replace("serial", "int");
    }

    ColumnKind kind(Connection connection, String column) throws SQLException {
        ColumnKind kind = described(connection).kinds.get(column);
        if (kind == null) {
            throw new SQLDataException(
                    column + ": found in an event, expected one of " + columns + " in " + table, "22000");
        }
        return kind;
    }

    /** Its table, and on what. */
    @Override
    public String toString() {
        Described known = described;
        return name + " has " + table + (known == null ? " and was not reached yet" : " on " + known.dialect);
    }
}
