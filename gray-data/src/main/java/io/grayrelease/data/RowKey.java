package io.grayrelease.data;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The key of a row: how it is found in a store, how that store's events name it, and the text that both stores share. Immutable. */
final class RowKey {
    private final Map<String, @Nullable String> values;
    private final String text;
    private final String canon;
    private final Set<String> names;

    RowKey(Map<String, @Nullable String> values, String text, String canon, Set<String> names) {
        this.values = values;
        this.text = text;
        this.canon = canon;
        this.names = names;
    }

    Map<String, @Nullable String> values() {
        return values;
    }

    /** As the store that it was read from says it. */
    String text() {
        return text;
    }

    /** All texts by which either store's tables of events and versions may name it: a CHAR has blanks here and none there. */
    Set<String> names() {
        return names;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowKey && canon.equals(((RowKey) other).canon);
    }

    @Override
    public int hashCode() {
        return canon.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
