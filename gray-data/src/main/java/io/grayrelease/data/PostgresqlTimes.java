package io.grayrelease.data;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Times that PostgreSQL has and Java's classes have not, such as infinity: its driver gives the ends of these for them, each class
 * its own, and takes them back.
 */
final class PostgresqlTimes {
    /** The end of the day, as both makes write it. */
    static final String END_OF_DAY = "24:00:00";

    private static final Instant LAST = OffsetDateTime.MAX.toInstant();
    private static final Instant FIRST = OffsetDateTime.MIN.toInstant();
    private static final Set<Object> ALL = new HashSet<>(Arrays.asList(
            LocalTime.MAX,
            LocalDate.MAX,
            LocalDate.MIN,
            LocalDateTime.MAX,
            LocalDateTime.MIN,
            LAST,
            FIRST,
            LocalDateTime.MAX.toInstant(ZoneOffset.UTC),
            LocalDateTime.MIN.toInstant(ZoneOffset.UTC)));

    private PostgresqlTimes() {}

    /** Whether a value stands for one that only PostgreSQL has. */
    static boolean isOne(Object value) {
        return ALL.contains(value);
    }

    /** What stands for infinity without a zone, if a text with or without one does; else null. */
    static @Nullable LocalDateTime infinity(String text) {
        if (text.equals(LAST.toString()) || text.equals(LocalDateTime.MAX.toString())) {
            return LocalDateTime.MAX;
        }
        boolean isFirst = text.equals(FIRST.toString()) || text.equals(LocalDateTime.MIN.toString());
        return isFirst ? LocalDateTime.MIN : null;
    }

    /** What stands for infinity with a zone. */
    static OffsetDateTime zoned(LocalDateTime infinity) {
        return infinity.equals(LocalDateTime.MAX) ? OffsetDateTime.MAX : OffsetDateTime.MIN;
    }
}
