package io.grayrelease.data;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Dates and times of MariaDB and MySQL. Their drivers move what is no time in the zone of the process, unless they are told to read it
 * in UTC, and given a text; they cut hours beyond the day off, and say null for a date of zeros.
 */
final class MysqlTimes {
    private static final Pattern DATE_WITH_ZEROS = Pattern.compile("[0-9]{4}-(00-[0-9]{2}|[0-9]{2}-00)( [0-9:.]+)?");
    private static final Pattern HOURS = Pattern.compile("-?[0-9]{2,3}:[0-9]{2}:[0-9]{2}([.][0-9]+)?");
    private static final Pattern ZEROS_AT_END = Pattern.compile("[.]0+$|(?<=[.][0-9]{0,6}[1-9])0+$");

    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    private MysqlTimes() {}

    static boolean isOf(ColumnKind kind) {
        return kind == ColumnKind.DATE
                || kind == ColumnKind.TIME
                || kind == ColumnKind.DATE_TIME
                || kind == ColumnKind.SESSION_INSTANT;
    }

    /** A LocalDate, LocalTime or LocalDateTime; of hours beyond the day and days of zeros, the text. */
    static @Nullable Object read(ColumnKind kind, ResultSet rows, int index) throws SQLException {
        if (kind == ColumnKind.DATE_TIME || kind == ColumnKind.SESSION_INSTANT) {
            Timestamp value = rows.getTimestamp(index, gregorian());
            if (value != null) {
                return LocalDateTime.ofInstant(value.toInstant(), ZoneOffset.UTC);
            }
        }
        String text = rows.getString(index);
        return text == null ? null : read(kind, text);
    }

    /** Also before 1582, as the databases and java.time count; else the days of then would be those of the Julian calendar. */
    private static Calendar gregorian() {
        return new Calendar.Builder()
                .setCalendarType("iso8601")
                .setTimeZone(UTC)
                .setLocale(Locale.ROOT)
                .build();
    }

    private static Object read(ColumnKind kind, String text) {
        try {
            switch (kind) {
                case DATE:
                    return LocalDate.parse(text);
                case TIME:
                    return LocalTime.parse(text);
                default:
                    return LocalDateTime.parse(text.replace(' ', 'T'));
            }
        } catch (DateTimeException e) {
            return ZEROS_AT_END.matcher(text).replaceFirst("");
        }
    }

    /** Without digits of seconds that neither database has. */
    static String write(LocalDateTime value) {
        return value.truncatedTo(ChronoUnit.MICROS).toString().replace('T', ' ');
    }

    /** Whether the database has a value for a text, and Java's classes have none. */
    static boolean hasNoValue(ColumnKind kind, String text) {
        if (kind == ColumnKind.TIME) {
            return HOURS.matcher(text).matches() && read(kind, text) instanceof String;
        }
        return isOf(kind) && DATE_WITH_ZEROS.matcher(text).matches();
    }
}
