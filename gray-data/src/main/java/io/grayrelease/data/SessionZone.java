package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The time zone in which a session of MariaDB or MySQL writes a TIMESTAMP. Where it is the server's own, whose name says little
 * ("CST"), it is a zone that agrees with what the server says of some times; never the zone of the process.
 */
final class SessionZone {
    private static final int[] YEARS = {2000, 2010, 2020, 2025, 2026};

    private SessionZone() {}

    /** @throws IllegalArgumentException if no zone agrees */
    static ZoneId of(Connection connection) throws SQLException {
        String name = name(connection);
        if (name.startsWith("+") || name.startsWith("-")) {
            return ZoneId.of(name);
        }
        Optional<String> named = ids().stream().filter(name::equalsIgnoreCase).findFirst();
        return named.isPresent() ? ZoneId.of(named.get()) : thatAgrees(connection);
    }

    private static String name(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT @@session.time_zone");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static ZoneId thatAgrees(Connection connection) throws SQLException {
        List<Long> said = said(connection);
        if (agrees(ZoneOffset.UTC, said)) {
            return ZoneOffset.UTC;
        }
        return ids().stream()
                .map(ZoneId::of)
                .filter(zone -> agrees(zone, said))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("database: found a time zone that Java does not know,"
                        + " expected time_zone of its sessions to be a name or +hh:mm"));
    }

    /** Always in the same order, whatever the process. */
    private static SortedSet<String> ids() {
        return new TreeSet<>(ZoneId.getAvailableZoneIds());
    }

    private static boolean agrees(ZoneId zone, List<Long> said) {
        List<LocalDateTime> times = times();
        for (int i = 0; i < times.size(); i++) {
            if (times.get(i).atZone(zone).toEpochSecond() != said.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static List<Long> said(Connection connection) throws SQLException {
        List<String> asked = new ArrayList<>();
        for (LocalDateTime time : times()) {
            asked.add("UNIX_TIMESTAMP('" + time + ":00')");
        }
        List<Long> said = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + String.join(", ", asked));
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            for (int i = 1; i <= asked.size(); i++) {
                said.add(rows.getBigDecimal(i).longValue());
            }
        }
        return said;
    }

    /** The middle of each month, for zones change between summer and winter in different ones. */
    private static List<LocalDateTime> times() {
        List<LocalDateTime> times = new ArrayList<>();
        for (int year : YEARS) {
            for (int month = 1; month <= 12; month++) {
                times.add(LocalDateTime.of(year, month, 15, 12, 0));
            }
        }
        return times;
    }
}
