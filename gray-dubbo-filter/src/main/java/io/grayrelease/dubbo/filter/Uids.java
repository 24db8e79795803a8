package io.grayrelease.dubbo.filter;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** Finds the uid of a request. */
final class Uids {
    private Uids() {}

    /** The first non-empty value under the keys, or null. */
    static @Nullable String first(List<String> keys, Function<String, @Nullable String> getter) {
        for (String key : keys) {
            String value = getter.apply(key);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
