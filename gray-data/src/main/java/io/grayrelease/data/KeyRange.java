package io.grayrelease.data;

import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The rows whose keys lie after one key and up to another, in the order of the store that they are read from. Without the low key
 * it begins before all rows, without the high one it has no end. Immutable.
 */
final class KeyRange {
    private final @Nullable Map<String, @Nullable String> low;
    private final @Nullable Map<String, @Nullable String> high;

    KeyRange(@Nullable Map<String, @Nullable String> low, @Nullable Map<String, @Nullable String> high) {
        this.low = low;
        this.high = high;
    }

    /** The key before the first one, or null. */
    @Nullable
    Map<String, @Nullable String> low() {
        return low;
    }

    /** The last key, or null. */
    @Nullable
    Map<String, @Nullable String> high() {
        return high;
    }

    /** What is left of it after a key. */
    KeyRange after(Map<String, @Nullable String> key) {
        return new KeyRange(key, high);
    }

    /** A key as it is kept in our tables, those of the other store too, which may not take it as it is. */
    static @Nullable String text(@Nullable Map<String, @Nullable String> key) {
        return key == null ? null : Ascii.json(ImageText.write(Image.written(key, Collections.emptyMap())));
    }

    static @Nullable Map<String, @Nullable String> key(@Nullable String text) throws SQLException {
        return text == null ? null : ImageText.read(text).shared();
    }

    @Override
    public String toString() {
        return (low == null ? "the first" : "after " + low) + (high == null ? " to the last" : " to " + high);
    }
}
