package io.grayrelease.data;

import org.jspecify.annotations.Nullable;

/**
 * The canonical form of a column as an expression of its database. There is none where a database cannot write the form as another
 * does; values are then brought to their form here.
 */
final class CanonSql {
    private static final int MOST_SCALE = 30;

    private CanonSql() {}

    /** As an element of a ROW whose hash PostgreSQL takes: equal values, of whichever type, have equal hashes. */
    static @Nullable String element(Canon canon, ColumnShape shape) {
        String column = shape.name;
        switch (canon.form) {
            case NUMBER:
                return number(shape);
            case FLOATING:
                return shape.single ? column : column + "::float8";
            case SIX_DIGITS:
                return column + "::float4";
            case FLAG:
                return flag(shape);
            case DATE:
                return column + "::date";
            case TIME:
                return column + "::time(" + canon.digits + ")";
            case MOMENT:
                return "(" + (shape.kind == ColumnKind.INSTANT ? column + " AT TIME ZONE 'UTC'" : column)
                        + ")::timestamp(" + canon.digits + ")::text";
            case BYTES:
                return column;
            case TRIMMED_BYTES:
            case JSON:
                return null;
            default:
                // By bytes, whatever equality the column's collation has.
                return text(canon, shape) + " COLLATE \"C\"";
        }
    }

    /** The hash of eight bytes folds them to four first, so the upper four stand beside them. */
    private static String number(ColumnShape shape) {
        String column = shape.name;
        if (shape.kind != ColumnKind.WHOLE) {
            return column + "::numeric";
        }
        return column + "::int8, (" + column + "::int8 >> 32)::int4";
    }

    private static @Nullable String flag(ColumnShape shape) {
        if (shape.kind == ColumnKind.BOOLEAN) {
            return shape.name;
        }
        return shape.isNumber() ? "(" + shape.name + " <> 0)" : null;
    }

    /** As a text that does not vary in what it says: digits, a sign, a point. */
    static @Nullable String word(Canon canon, ColumnShape shape, ColumnShape other) {
        boolean postgresql = shape.dialect == Dialect.POSTGRESQL;
        String column = shape.name;
        switch (canon.form) {
            case NUMBER:
                return decimal(shape, other);
            case FLOATING:
            case SIX_DIGITS:
                return shape.isAs(other) && !postgresql ? column : null;
            case FLAG:
                return flagWord(shape);
            case DATE:
                return shape.kind != ColumnKind.DATE
                        ? null
                        : postgresql
                                ? orEndless("(" + column + " - DATE '1970-01-01')::text", column)
                                : orZeros("DATEDIFF(" + column + ", '1970-01-01')", column);
            case TIME:
                return shape.kind != ColumnKind.TIME || shape.scale != other.scale
                        ? null
                        : postgresql
                                ? "to_char(" + column + ", 'HH24:MI:SS.US')"
                                : "TIME_FORMAT(" + column + ", '%H:%i:%s.%f')";
            case MOMENT:
                return shape.scale != other.scale
                        ? null
                        : shape.kind == ColumnKind.DATE_TIME && shape.isAs(other) && !postgresql
                                ? column
                                : moment(shape);
            case BYTES:
                return postgresql ? "encode(" + column + ", 'hex')" : bytes(column);
            default:
                return null;
        }
    }

    private static @Nullable String decimal(ColumnShape shape, ColumnShape other) {
        if (!shape.isNumber() || !other.isNumber()) {
            return null;
        }
        boolean postgresql = shape.dialect == Dialect.POSTGRESQL;
        if (shape.kind == ColumnKind.WHOLE && other.kind == ColumnKind.WHOLE) {
            return shape.name + (postgresql ? "::text" : "");
        }
        int scale = Math.max(scale(shape), scale(other));
        if (scale > MOST_SCALE || !shape.scaled || !other.scaled) {
            return null;
        }
        if (postgresql) {
            return "round(" + shape.name + "::numeric, " + scale + ")::text";
        }
        return shape.kind == ColumnKind.DECIMAL && shape.scale == scale
                ? shape.name
                : "CAST(" + shape.name + " AS DECIMAL(65, " + scale + "))";
    }

    private static int scale(ColumnShape shape) {
        return shape.kind == ColumnKind.WHOLE ? 0 : shape.scale;
    }

    private static @Nullable String flagWord(ColumnShape shape) {
        String flag = flag(shape);
        if (flag == null) {
            return null;
        }
        return shape.dialect == Dialect.POSTGRESQL ? "(" + flag + ")::int::text" : "(" + shape.name + " <> 0)";
    }

    /** Millionths of seconds since 1970, whatever the session's zone. */
    private static @Nullable String moment(ColumnShape shape) {
        if (!shape.isMoment()) {
            return null;
        }
        if (shape.dialect == Dialect.POSTGRESQL) {
            return orEndless("(extract(epoch FROM " + shape.name + ") * 1000000)::bigint::text", shape.name);
        }
        return shape.kind == ColumnKind.SESSION_INSTANT
                ? orZeros("CAST(NULLIF(UNIX_TIMESTAMP(" + shape.name + "), 0) * 1000000 AS SIGNED)", shape.name)
                : orZeros("TIMESTAMPDIFF(MICROSECOND, '1970-01-01', " + shape.name + ")", shape.name);
    }

    /** PostgreSQL fails to count to infinity. */
    private static String orEndless(String since, String column) {
        return "CASE WHEN isfinite(" + column + ") THEN " + since + " ELSE " + column + "::text END";
    }

    /** MariaDB has no digits, but NULL, of a value whose digits would not fit in a packet. */
    private static String bytes(String column) {
        return "COALESCE(LOWER(HEX(" + column + ")), SHA2(" + column + ", 256))";
    }

    /** MariaDB says NULL of a date of zeros, which is not NULL. */
    private static String orZeros(String since, String column) {
        return "COALESCE(" + since + ", CAST(" + column + " AS CHAR))";
    }

    /** As a text of any length. */
    static @Nullable String text(Canon canon, ColumnShape shape) {
        String text = shape.dialect == Dialect.POSTGRESQL
                ? shape.name + "::text"
                : shape.collation.startsWith("utf8mb4") ? shape.name : "CONVERT(" + shape.name + " USING utf8mb4)";
        switch (canon.form) {
            case TEXT:
                return text;
            case TRIMMED:
                return shape.dialect == Dialect.POSTGRESQL ? "rtrim(" + text + ", ' ')" : "RTRIM(" + text + ")";
            case UUID:
                return shape.dialect == Dialect.POSTGRESQL
                        ? "translate(lower(" + text + "), '-{} ', '')"
                        : "REPLACE(REPLACE(REPLACE(LOWER(RTRIM(" + text + ")), '-', ''), '{', ''), '}', '')";
            default:
                return null;
        }
    }
}
