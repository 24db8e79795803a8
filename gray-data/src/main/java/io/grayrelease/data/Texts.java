package io.grayrelease.data;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.temporal.Temporal;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** The text of a value: the form in which values travel, for the two stores may not have the same types. */
final class Texts {
    private Texts() {}

    /**
     * The text of a value that JDBC or a mapper gives.
     *
     * @throws IllegalArgumentException for a type that has none
     */
    static @Nullable String of(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof BigDecimal) {
            return ((BigDecimal) value).toPlainString();
        }
        if (value instanceof byte[]) {
            return Base64.getEncoder().encodeToString((byte[]) value);
        }
        return ofSimple(value);
    }

    /** Without the blanks at its end. */
    static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static String ofSimple(Object value) {
        if (value instanceof java.sql.Date) {
            return ((java.sql.Date) value).toLocalDate().toString();
        }
        if (value instanceof Timestamp) {
            return ((Timestamp) value).toLocalDateTime().toString();
        }
        if (value instanceof Date) {
            return ((Date) value).toInstant().toString();
        }
        if (value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Temporal
                || value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof Enum) {
            return ((Enum<?>) value).name();
        }
        throw new IllegalArgumentException("value: found a " + value.getClass().getName()
                + ", expected a number, text, boolean, time, byte[], UUID or enum");
    }
}
