package io.grayrelease.data;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Named values, as a mapper writes and reads them. Immutable. */
public final class Row {
    private final Map<String, @Nullable Object> values;

    private Row(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    public static Row of(String column, @Nullable Object value) {
        return new Row(Collections.singletonMap(column, value));
    }

    static Row of(Map<String, @Nullable Object> values) {
        return new Row(Collections.unmodifiableMap(values));
    }

    /** This row and one more value. */
    public Row and(String column, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(column, value);
        return of(more);
    }

    public Set<String> columns() {
        return values.keySet();
    }

    /**
     * The value of a column: Long, BigDecimal, Double, String, Boolean, LocalDate, LocalTime, LocalDateTime, Instant or byte[] as
     * read from a store; of what those have no value for, the text (MariaDB's date of zeros, and hours beyond the day) or a Double
     * (NaN). Where the new store is not known yet, a text for what only that one has.
     *
     * @throws IllegalArgumentException if the row has no such column
     */
    public @Nullable Object value(String column) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException("column: found " + column + ", expected one of " + columns());
        }
        return values.get(column);
    }

    public boolean isNull(String column) {
        return value(column) == null;
    }

    public @Nullable String string(String column) {
        Object value = value(column);
        return value == null ? null : value.toString();
    }

    /** A whole number that is not null. */
    public long number(String column) {
        return present(column, Number.class).longValue();
    }

    public @Nullable BigDecimal decimal(String column) {
        String value = string(column);
        return value == null ? null : new BigDecimal(value);
    }

    public boolean flag(String column) {
        Object value = value(column);
        return value instanceof Number ? ((Number) value).longValue() != 0 : present(column, Boolean.class);
    }

    private <T> T present(String column, Class<T> type) {
        Object value = value(column);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(column + ": found " + value + ", expected a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
