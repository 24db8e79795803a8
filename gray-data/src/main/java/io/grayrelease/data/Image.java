package io.grayrelease.data;

import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A row after a write, as texts by column; or its key alone, where it was deleted. The columns that only the new store has are
 * there if the writer knew them. Immutable.
 */
final class Image {
    private final boolean deleted;
    private final Map<String, @Nullable String> shared;
    private final Map<String, @Nullable String> onlyNew;

    private Image(boolean deleted, Map<String, @Nullable String> shared, Map<String, @Nullable String> onlyNew) {
        this.deleted = deleted;
        this.shared = Collections.unmodifiableMap(shared);
        this.onlyNew = Collections.unmodifiableMap(onlyNew);
    }

    static Image written(Map<String, @Nullable String> shared, Map<String, @Nullable String> onlyNew) {
        return new Image(false, shared, onlyNew);
    }

    static Image deleted(Map<String, @Nullable String> key) {
        return new Image(true, key, Collections.emptyMap());
    }

    boolean isDeleted() {
        return deleted;
    }

    /** The shared columns; of a deleted row, at least those of the key. */
    Map<String, @Nullable String> shared() {
        return shared;
    }

    Map<String, @Nullable String> onlyNew() {
        return onlyNew;
    }

    /** Whether this write says what the new store's own columns hold; a delete does: nothing of before is left. */
    boolean settlesOnlyNew() {
        return deleted || !onlyNew.isEmpty();
    }
}
