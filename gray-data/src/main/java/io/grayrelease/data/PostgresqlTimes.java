package io.grayrelease.data;

import java.time.LocalTime;

/** Times that PostgreSQL has and Java's classes have not: its driver gives the ends of these for them, and takes them back. */
final class PostgresqlTimes {
    /** The end of the day, as both makes write it. */
    static final String END_OF_DAY = "24:00:00";

    private PostgresqlTimes() {}

    /** Whether a value stands for one that only PostgreSQL has, or cannot be told from one. */
    static boolean isOne(Object value) {
        return value.equals(LocalTime.MAX);
    }
}
