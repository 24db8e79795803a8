package io.grayrelease.benchmarks.data;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Reads both stores side by side, row by row, in the order of their keys; of some keys the states are kept. Not thread-safe. */
final class FullCompare {
    private final Set<Long> kept;
    private final Map<Long, State> keptOfOld = new HashMap<>();
    private final Map<Long, State> keptOfNew = new HashMap<>();
    private long rows;
    private long missing;
    private long extra;
    private long different;

    private FullCompare(Set<Long> kept) {
        this.kept = kept;
    }

    static FullCompare of(Iterator<State> old, Iterator<State> ofNew, Set<Long> kept) {
        FullCompare compare = new FullCompare(kept);
        State left = compare.next(old, compare.keptOfOld);
        State right = compare.next(ofNew, compare.keptOfNew);
        while (left != null || right != null) {
            compare.rows++;
            int order = left == null ? 1 : right == null ? -1 : Long.compare(left.id(), right.id());
            compare.count(order, left, right);
            left = order <= 0 ? compare.next(old, compare.keptOfOld) : left;
            right = order >= 0 ? compare.next(ofNew, compare.keptOfNew) : right;
        }
        return compare;
    }

    private @Nullable State next(Iterator<State> rowsOfStore, Map<Long, State> keptOfStore) {
        if (!rowsOfStore.hasNext()) {
            return null;
        }
        State state = rowsOfStore.next();
        if (kept.contains(state.id())) {
            keptOfStore.put(state.id(), state);
        }
        return state;
    }

    private void count(int order, @Nullable State left, @Nullable State right) {
        if (order < 0) {
            missing++;
        } else if (order > 0) {
            extra++;
        } else if (left != null && right != null && !left.shared().equals(right.shared())) {
            different++;
        }
    }

    /** Keys in either store. */
    long rows() {
        return rows;
    }

    /** Rows of the old store that the new one has not. */
    long missing() {
        return missing;
    }

    /** Rows of the new store that the old one has not. */
    long extra() {
        return extra;
    }

    /** Rows of both that differ in a column of both. */
    long different() {
        return different;
    }

    @Nullable
    State inOld(long key) {
        return keptOfOld.get(key);
    }

    @Nullable
    State inNew(long key) {
        return keptOfNew.get(key);
    }
}
