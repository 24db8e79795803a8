package io.grayrelease.benchmarks.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What may be in a store at the end, by what was acknowledged to the services, and not by what the other store has. A write is
 * out of date once an acknowledged one of the same key began after it was acknowledged; writes that ran side by side may have been
 * committed in either order, and one of which nobody knows whether it was committed may be there or not.
 */
final class Oracle {
    private final Map<Long, List<LoggedWrite>> byKey = new HashMap<>();
    private final long loaded;

    /** @param loaded the highest key that was there before the first write */
    Oracle(List<LoggedWrite> writes, long loaded) {
        this.loaded = loaded;
        for (LoggedWrite write : writes) {
            byKey.computeIfAbsent(write.key(), unknown -> new ArrayList<>()).add(write);
        }
    }

    Set<Long> keys() {
        return byKey.keySet();
    }

    /** Whether a key may be in this state; null for a row that is not there. */
    boolean allowsRow(long key, @Nullable State state) {
        List<LoggedWrite> writes =
                of(key).stream().filter(LoggedWrite::changesRow).toList();
        for (LoggedWrite write : latest(writes)) {
            boolean deletes = write.kind() == LoggedWrite.Kind.DELETE;
            if (state == null ? deletes : !deletes && state.revision() == write.revision()) {
                return true;
            }
        }
        boolean maybeUnwritten = writes.stream().noneMatch(LoggedWrite::isAcknowledged);
        return maybeUnwritten && (state == null ? key > loaded : key <= loaded && state.revision() == 0);
    }

    /** Whether what only the new store has of a row may be so. */
    boolean allowsExtras(long key, State state) {
        List<LoggedWrite> writes = of(key).stream()
                .filter(write -> write.changesRow() && write.newRevision() != null)
                .toList();
        Set<Long> allowed = new HashSet<>();
        for (LoggedWrite write : latest(writes)) {
            Long newRevision = write.newRevision();
            if (newRevision != null) {
                allowed.add(newRevision);
            }
        }
        if (writes.stream().noneMatch(LoggedWrite::isAcknowledged)) {
            allowed.add(0L);
        }
        return allowed.contains(state.newRevision());
    }

    List<LoggedWrite> of(long key) {
        return byKey.getOrDefault(key, List.of());
    }

    private static List<LoggedWrite> latest(List<LoggedWrite> writes) {
        long last = writes.stream()
                .filter(LoggedWrite::isAcknowledged)
                .mapToLong(LoggedWrite::began)
                .max()
                .orElse(Long.MIN_VALUE);
        return writes.stream().filter(write -> write.ended() >= last).toList();
    }
}
