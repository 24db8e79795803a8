package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one database says of a column, as far as a comparison must know it. Immutable. */
final class ColumnShape {
    final String name;
    final Dialect dialect;
    final ColumnKind kind;
    /** The database's name of the type, in lower case. */
    final String type;
    /** Digits after the point: of a decimal, or of seconds. */
    final int scale;
    /** Whether a decimal has the scale that is declared; PostgreSQL's numeric without one takes any. */
    final boolean scaled;
    /** Whether values are filled up to a length: CHAR with blanks, BINARY with zeros. */
    final boolean padded;
    /** How long a BINARY is, which is read with its zeros; 0 for others. */
    final int paddedTo;
    /** Four bytes of a floating number. */
    final boolean single;
    /** Whether it may be NULL. */
    final boolean nullable;
    /** By what texts are ordered, and in PostgreSQL their encoding; empty for others. */
    final String collation;

    private ColumnShape(Dialect dialect, String name, ResultSetMetaData columns, int index, String collation)
            throws SQLException {
        this.name = name;
        this.dialect = dialect;
        this.kind = ColumnKinds.of(dialect, columns, index);
        this.type = columns.getColumnTypeName(index).toLowerCase(Locale.ROOT);
        this.scale = columns.getScale(index);
        this.scaled = dialect != Dialect.POSTGRESQL || columns.getPrecision(index) > 0;
        this.padded = columns.getColumnType(index) == Types.CHAR || type.equals("binary");
        this.paddedTo = padded && kind == ColumnKind.BINARY ? columns.getPrecision(index) : 0;
        this.single = columns.getColumnType(index) == Types.REAL;
        this.nullable = columns.isNullable(index) != ResultSetMetaData.columnNoNulls;
        this.collation = collation;
    }

    /** Asks a database for some columns of a table. */
    static List<ColumnShape> read(Connection connection, Store store, List<String> columns) throws SQLException {
        Dialect dialect = store.dialect(connection);
        List<ColumnShape> shapes = new ArrayList<>();
        String none = "SELECT " + Sql.list(columns) + " FROM " + store.table() + " WHERE 1 = 0";
        try (PreparedStatement statement = connection.prepareStatement(none);
                ResultSet rows = statement.executeQuery()) {
            for (int i = 1; i <= columns.size(); i++) {
                boolean text = ColumnKinds.of(dialect, rows.getMetaData(), i) == ColumnKind.TEXT;
                String collation = text ? collation(connection, store, columns.get(i - 1)) : "";
                shapes.add(new ColumnShape(dialect, columns.get(i - 1), rows.getMetaData(), i, collation));
            }
        }
        return shapes;
    }

    /** The collation's name; asked without a row, for the table may be empty, or large. */
    private static String collation(Connection connection, Store store, String column) throws SQLException {
        Dialect dialect = store.dialect(connection);
        if (dialect == Dialect.H2) {
            return "";
        }
        // MariaDB would read the whole table for the outer join, and PostgreSQL has no maximum of some types.
        String sql = dialect.isMysql()
                ? "SELECT COLLATION(MAX(" + column + ")) FROM " + store.table() + " WHERE 1 = 0"
                : "SELECT pg_collation_for(t." + column + ") || ' '"
                        + " || (SELECT datcollate || ' ' || encoding FROM pg_database"
                        + " WHERE datname = current_database())"
                        + " FROM (SELECT 1 AS a_row) made LEFT JOIN " + store.table() + " t ON 1 = 0";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            String found = rows.next() ? rows.getString(1) : null;
            return found == null ? "" : found;
        }
    }

    /** 1 where it is NULL, and 0 where not, as an expression. */
    String isNull() {
        return dialect == Dialect.POSTGRESQL ? "(" + name + " IS NULL)::int" : "ISNULL(" + name + ")";
    }

    boolean isNumber() {
        return kind == ColumnKind.WHOLE || kind == ColumnKind.DECIMAL;
    }

    boolean isMoment() {
        return kind == ColumnKind.DATE_TIME || kind == ColumnKind.INSTANT || kind == ColumnKind.SESSION_INSTANT;
    }

    boolean isJson() {
        return type.equals("json") || type.equals("jsonb");
    }

    boolean isUuid() {
        return type.equals("uuid");
    }

    /** Whether a database of the same make writes and orders the values of the other column in the same way. */
    boolean isAs(ColumnShape other) {
        return dialect == other.dialect && type.equals(other.type) && scale == other.scale && single == other.single;
    }

    /**
     * Whether two columns order their values alike. Ranges are right whatever this says (each value lies in at least one range of
     * either order); where it is false they only would not be worth it.
     */
    boolean ordersAs(ColumnShape other) {
        if (isNumber() && other.isNumber()) {
            return true;
        }
        return isAs(other) && collation.equals(other.collation);
    }
}
