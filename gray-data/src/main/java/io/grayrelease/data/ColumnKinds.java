package io.grayrelease.data;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Which kind a column of a database has, by what its driver says. */
final class ColumnKinds {
    private static final Set<String> TEXTS_OF_POSTGRESQL =
            new HashSet<>(Arrays.asList("varchar", "text", "bpchar", "name"));

    private ColumnKinds() {}

    /**
     * The kind of a column.
     *
     * @throws IllegalArgumentException naming a column whose type has none
     */
    static ColumnKind of(Dialect dialect, ResultSetMetaData columns, int index) throws SQLException {
        String type = columns.getColumnTypeName(index);
        String lower = type.toLowerCase(Locale.ROOT);
        if (dialect.isMysql() && lower.equals("year")) {
            return ColumnKind.WHOLE;
        }
        switch (columns.getColumnType(index)) {
            case Types.TINYINT:
            case Types.SMALLINT:
            case Types.INTEGER:
                return ColumnKind.WHOLE;
            case Types.BIGINT:
                // Above the highest long lies half of MariaDB's BIGINT UNSIGNED.
                return columns.isSigned(index) ? ColumnKind.WHOLE : ColumnKind.DECIMAL;
            case Types.NUMERIC:
            case Types.DECIMAL:
                return ColumnKind.DECIMAL;
            case Types.REAL:
            case Types.FLOAT:
            case Types.DOUBLE:
                return floating(dialect, lower, columns, index);
            case Types.BIT:
            case Types.BOOLEAN:
                return bits(dialect, lower, columns, index);
            case Types.CHAR:
            case Types.VARCHAR:
            case Types.LONGVARCHAR:
            case Types.NCHAR:
            case Types.NVARCHAR:
            case Types.CLOB:
                return texts(dialect, lower);
            case Types.DATE:
                return ColumnKind.DATE;
            case Types.TIME:
                if (lower.equals("timetz")) {
                    throw unknown(columns, index);
                }
                return ColumnKind.TIME;
            case Types.TIMESTAMP:
                return times(dialect, lower);
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return ColumnKind.INSTANT;
            case Types.BINARY:
            case Types.VARBINARY:
            case Types.LONGVARBINARY:
            case Types.BLOB:
                return ColumnKind.BINARY;
            case Types.OTHER:
                return dialect.isMysql() ? ColumnKind.TEXT : ColumnKind.BY_DATABASE;
            default:
                throw unknown(columns, index);
        }
    }

    /** MariaDB writes six digits of a FLOAT, and there are more in it; PostgreSQL's money is a text with commas. */
    private static ColumnKind floating(Dialect dialect, String type, ResultSetMetaData columns, int index)
            throws SQLException {
        if (dialect.isMysql() && type.startsWith("float")) {
            throw refused(columns, index, "DOUBLE or DECIMAL");
        }
        if (dialect == Dialect.POSTGRESQL && type.equals("money")) {
            throw refused(columns, index, "numeric");
        }
        return ColumnKind.FLOATING;
    }

    /** MariaDB's TINYINT(1) is a BIT for its driver, and may hold a 5; PostgreSQL's bit(8) is one too, and no number. */
    private static ColumnKind bits(Dialect dialect, String type, ResultSetMetaData columns, int index)
            throws SQLException {
        if (dialect == Dialect.POSTGRESQL && !type.equals("bool")) {
            throw unknown(columns, index);
        }
        if (!dialect.isMysql()) {
            return ColumnKind.BOOLEAN;
        }
        if (!type.equals("bit")) {
            return ColumnKind.WHOLE;
        }
        if (columns.getPrecision(index) > 1) {
            throw unknown(columns, index);
        }
        return ColumnKind.BOOLEAN;
    }

    private static ColumnKind texts(Dialect dialect, String type) {
        return dialect == Dialect.POSTGRESQL && !TEXTS_OF_POSTGRESQL.contains(type)
                ? ColumnKind.BY_DATABASE
                : ColumnKind.TEXT;
    }

    private static ColumnKind times(Dialect dialect, String type) {
        if (dialect == Dialect.POSTGRESQL && type.equals("timestamptz")) {
            return ColumnKind.INSTANT;
        }
        return dialect.isMysql() && type.equals("timestamp") ? ColumnKind.SESSION_INSTANT : ColumnKind.DATE_TIME;
    }

    private static IllegalArgumentException unknown(ResultSetMetaData columns, int index) throws SQLException {
        return refused(columns, index, "a number, text, boolean, date, time or binary");
    }

    private static IllegalArgumentException refused(ResultSetMetaData columns, int index, String expected)
            throws SQLException {
        return new IllegalArgumentException("column " + columns.getColumnName(index) + ": found type "
                + columns.getColumnTypeName(index) + ", expected " + expected);
    }
}
