package io.grayrelease.data;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/** What a column holds: how it is read from JDBC, and bound from the text that travelled. */
enum ColumnKind {
    WHOLE(Types.BIGINT) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            long value = rows.getLong(index);
            return rows.wasNull() ? null : (Object) value;
        }

        @Override
        Object parse(String text) {
            return "true".equals(text) ? 1L : "false".equals(text) ? 0L : new BigDecimal(text).longValueExact();
        }
    },
    DECIMAL(Types.DECIMAL) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return parse(rows.getString(index));
        }

        /** PostgreSQL's numeric may be none, or without end. */
        @Override
        Object parse(String text) {
            return text.endsWith("NaN") || text.endsWith("Infinity")
                    ? (Object) Double.valueOf(text)
                    : new BigDecimal(text);
        }
    },
    FLOATING(Types.DOUBLE) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            // Of four bytes the digits that they are written by: PostgreSQL's driver has more where it reads in binary.
            Object value = rows.getObject(index);
            return value instanceof Float ? parse(value.toString()) : (Object) rows.getDouble(index);
        }

        @Override
        Object parse(String text) {
            return Double.valueOf(text);
        }
    },
    TEXT(Types.VARCHAR) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return rows.getString(index);
        }

        @Override
        Object parse(String text) {
            return text;
        }
    },
    BOOLEAN(Types.BOOLEAN) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return rows.getBoolean(index);
        }

        @Override
        Object parse(String text) {
            return "true".equals(text) || (!"false".equals(text) && new BigDecimal(text).signum() != 0);
        }
    },
    DATE(Types.DATE) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return rows.getObject(index, LocalDate.class);
        }

        @Override
        Object parse(String text) {
            return LocalDate.parse(text);
        }
    },
    TIME(Types.TIME) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return rows.getObject(index, LocalTime.class);
        }

        @Override
        Object parse(String text) {
            return LocalTime.parse(text);
        }
    },
    /** A date and time without a zone. */
    DATE_TIME(Types.TIMESTAMP) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return rows.getObject(index, LocalDateTime.class);
        }

        @Override
        Object parse(String text) {
            LocalDateTime infinity = PostgresqlTimes.infinity(text);
            if (infinity != null) {
                return infinity;
            }
            return text.endsWith("Z")
                    ? LocalDateTime.ofInstant(Instant.parse(text), ZoneOffset.UTC)
                    : LocalDateTime.parse(text);
        }
    },
    /** A moment, bound with its zone. */
    INSTANT(Types.TIMESTAMP_WITH_TIMEZONE) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return rows.getObject(index, OffsetDateTime.class).toInstant();
        }

        @Override
        Object parse(String text) {
            LocalDateTime infinity = PostgresqlTimes.infinity(text);
            return infinity != null
                    ? PostgresqlTimes.zoned(infinity)
                    : instant(text).atOffset(ZoneOffset.UTC);
        }
    },
    /** A moment in MariaDB's TIMESTAMP, which is read and bound as a text in the zone of the session. */
    SESSION_INSTANT(Types.TIMESTAMP) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return rows.getObject(index, LocalDateTime.class);
        }

        @Override
        Object parse(String text) {
            return instant(text);
        }
    },
    BINARY(Types.VARBINARY) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return rows.getBytes(index);
        }

        @Override
        Object parse(String text) {
            return Base64.getDecoder().decode(text);
        }
    },
    /** PostgreSQL's uuid, json, enums and others that it reads from a text. */
    BY_DATABASE(Types.OTHER) {
        @Override
        @Nullable
        Object readPresent(ResultSet rows, int index) throws SQLException {
            return rows.getString(index);
        }

        @Override
        Object parse(String text) {
            return text;
        }
    };

    private final int jdbcType;

    ColumnKind(int jdbcType) {
        this.jdbcType = jdbcType;
    }

    @Nullable
    Object read(ResultSet rows, int index, Session session) throws SQLException {
        if (session.isMysql() && MysqlTimes.isOf(this)) {
            Object value = MysqlTimes.read(this, rows, index);
            return value == null ? null : session.moment(this, value);
        }
        // MariaDB's driver has no object for the year 0.
        boolean isThere = this == WHOLE || rows.getObject(index) != null;
        return isThere ? readPresent(rows, index) : null;
    }

    abstract @Nullable Object readPresent(ResultSet rows, int index) throws SQLException;

    /** The value of a text, as JDBC takes it; a RuntimeException where the text has none. */
    abstract Object parse(String text);

    /**
     * Binds a value.
     *
     * @throws SQLDataException if the text is none of this kind
     */
    void bind(PreparedStatement statement, int index, String column, @Nullable String text, Session session)
            throws SQLException {
        if (text == null) {
            statement.setNull(index, this == BINARY || this == BY_DATABASE ? jdbcType : Types.NULL);
            return;
        }
        Object value = session.bound(this, value(column, text, session));
        if (this == BY_DATABASE) {
            statement.setObject(index, value, jdbcType);
        } else {
            statement.setObject(index, value);
        }
    }

    /**
     * The value of a text.
     *
     * @throws SQLDataException if the text is none of this kind, or none that the database has
     */
    Object value(String column, String text, Session session) throws SQLDataException {
        try {
            Object value = session.value(this, text);
            boolean isNumber = !(value instanceof Double) || Double.isFinite((Double) value);
            if (session.isMysql() && (!isNumber || PostgresqlTimes.isOne(value))) {
                throw new ArithmeticException("only PostgreSQL and H2 have it");
            }
            return value;
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw new SQLDataException(column + ": found " + text + ", expected " + this, "22018", e);
        }
    }

    private static Instant instant(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
}
