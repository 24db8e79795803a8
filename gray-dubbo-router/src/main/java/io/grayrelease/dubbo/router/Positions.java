package io.grayrelease.dubbo.router;

import java.util.BitSet;
import java.util.List;

import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.jspecify.annotations.Nullable;

/**
 * A set of positions of an address list, to intersect lists of live providers with. All calls of a service share it, so it
 * must not be locked by each of them: {@code BitList.and} asks its argument for its tail under a lock, and this one has none.
 * Nobody changes it.
 */
final class Positions<E> extends BitList<E> {
    private final int first;

    Positions(List<E> origin, BitSet positions) {
        super(origin, positions, null);
        this.first = positions.nextSetBit(0);
    }

    /** The lowest position; negative if the set is empty. */
    int first() {
        return first;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // there is nothing to protect
    public @Nullable List<E> getTailList() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
