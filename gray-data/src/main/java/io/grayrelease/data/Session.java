package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;

/** What of a session decides how its texts are read: the make of the database, and the time zone of MariaDB's. Immutable. */
final class Session {
    /** For values of PostgreSQL. */
    static final Session POSTGRESQL = new Session(false, ZoneOffset.UTC);

    private final boolean mysql;
    private final ZoneId zone;

    private Session(boolean mysql, ZoneId zone) {
        this.mysql = mysql;
        this.zone = zone;
    }

    /**
     * The sessions of a store, as its present one.
     *
     * @throws IllegalArgumentException if some column depends on a zone, and nothing is known of it
     */
    static Session of(Connection connection, Dialect dialect, Collection<ColumnKind> kinds) throws SQLException {
        boolean zoned = kinds.contains(ColumnKind.SESSION_INSTANT);
        return new Session(dialect.isMysql(), zoned ? SessionZone.of(connection) : ZoneOffset.UTC);
    }

    boolean isMysql() {
        return mysql;
    }

    /** A value that was read, where it says a time in the session's zone as the moment. */
    Object moment(ColumnKind kind, Object value) throws SQLException {
        return kind == ColumnKind.SESSION_INSTANT && value instanceof LocalDateTime
                ? moment((LocalDateTime) value)
                : value;
    }

    private Instant moment(LocalDateTime local) throws SQLDataException {
        ZonedDateTime zoned = local.atZone(zone);
        if (!zoned.toLocalDateTime().equals(local)) {
            throw new SQLDataException(
                    "TIMESTAMP: found " + local + ", expected a time that there is in " + zone
                            + ", the session's zone when the service started",
                    "22008");
        }
        return zoned.toInstant();
    }

    /** The value of a text that travelled, as a mapper reads it; a RuntimeException where the text has none. */
    Object value(ColumnKind kind, String text) {
        return mysql && MysqlTimes.hasNoValue(kind, text) ? text : kind.parse(text);
    }

    /** A value as the driver takes it; as a text what MariaDB's would move to where the zone of the process has such a time. */
    Object bound(ColumnKind kind, Object value) {
        if (kind == ColumnKind.SESSION_INSTANT && value instanceof Instant) {
            return MysqlTimes.write(LocalDateTime.ofInstant((Instant) value, zone));
        }
        return mysql && value instanceof LocalDateTime ? MysqlTimes.write((LocalDateTime) value) : value;
    }
}
