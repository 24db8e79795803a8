package io.grayrelease.data;

import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one or more events of a key change in the other store, of what it knows of the key already. The shared columns come from
 * the highest version; those that only the new store has, from the highest version that settles them: an old version of a service
 * knows nothing of them, and must not take them away. Whatever the order of events, the highest versions win. Immutable.
 */
final class Change {
    private final String key;
    private final Meta before;
    private final Meta after;
    private final Image image;
    private final @Nullable Image settled;

    private Change(String key, Meta before, Meta after, Image image, @Nullable Image settled) {
        this.key = key;
        this.before = before;
        this.after = after;
        this.image = image;
        this.settled = settled;
    }

    static Change none(String key, Meta before) {
        return new Change(key, before, before, Image.deleted(Collections.emptyMap()), null);
    }

    /** This change and one more event. */
    Change with(long version, Image next) {
        boolean newer = version > after.version();
        boolean settles = next.settlesOnlyNew() && version > after.versionOfOnlyNew();
        Meta then = new Meta(newer ? version : after.version(), settles ? version : after.versionOfOnlyNew());
        return new Change(key, before, then, newer ? next : image, settles ? next : settled);
    }

    String key() {
        return key;
    }

    Meta after() {
        return after;
    }

    /** Whether the store has all of this already. */
    boolean isStale() {
        return !changesShared() && settled == null;
    }

    boolean changesShared() {
        return after.version() > before.version();
    }

    boolean isDelete() {
        return changesShared() && image.isDeleted();
    }

    boolean isWrite() {
        return changesShared() && !image.isDeleted();
    }

    /** Whether the columns that only the new store has are set: to what a writer said, or after a delete to their defaults. */
    boolean changesOnlyNew() {
        return settled != null;
    }

    /** The shared columns, or after a delete those of the key; where only the others change, of the event that changes them. */
    Map<String, @Nullable String> shared() {
        return settled != null && !changesShared() ? settled.shared() : image.shared();
    }

    /** What the new store's own columns hold in a row that is inserted, or where they change. */
    Map<String, @Nullable String> onlyNew(Map<String, @Nullable String> defaults) {
        return settled == null || settled.isDeleted() ? defaults : settled.onlyNew();
    }
}
