package io.grayrelease.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** A row that is not the same in both stores: its key and the names of its columns, no values. Immutable. */
public final class Difference {
    /** What differs, as seen from the primary store. */
    public enum Kind {
        /** The other store lacks the row. */
        MISSING,
        /** Only the other store has the row. */
        EXTRA,
        /** Some columns differ. */
        DIFF,
        /** The row was written all the time, so that nothing can be said of it. */
        UNSURE,
        /** The columns that only the new store has are not as the service says that they must be. */
        EXTRAS
    }

    private final String key;
    private final Kind kind;
    private final List<String> columns;

    Difference(String key, Kind kind, List<String> columns) {
        this.key = key;
        this.kind = kind;
        this.columns = Collections.unmodifiableList(new ArrayList<>(columns));
    }

    /** With a key that every store takes. */
    Difference escaped() {
        return new Difference(Ascii.key(key), kind, columns);
    }

    static Difference between(
            String key,
            @Nullable Map<String, @Nullable String> inPrimary,
            @Nullable Map<String, @Nullable String> inOther) {
        if (inPrimary == null || inOther == null) {
            return new Difference(key, inOther == null ? Kind.MISSING : Kind.EXTRA, Collections.emptyList());
        }
        List<String> columns = new ArrayList<>();
        inPrimary.forEach((column, value) -> {
            if (!Objects.equals(value, inOther.get(column))) {
                columns.add(column);
            }
        });
        return new Difference(key, Kind.DIFF, columns);
    }

    /** The row's key, as a text; in escaped ASCII where the new store cannot hold it. */
    public String key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    /** The columns that differ; none unless the row is in both stores. */
    public List<String> columns() {
        return columns;
    }

    @Override
    public String toString() {
        return kind + " " + key + (columns.isEmpty() ? "" : " " + columns);
    }
}
