package io.grayrelease.data;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * With H2, writers of the same order take turns: up to 2.4.240 it takes a committed row away at times when two others that insert the
 * same key fail and are rolled back at that moment, as plain JDBC shows. With other databases nobody waits here. Thread-safe.
 */
final class Turns {
    private final List<Lock> orders;

    /** To be ended by who took it. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    Turns(TwoStores stores, int orders) {
        boolean h2 = stores.old().source().getJdbcUrl().startsWith("jdbc:h2:");
        this.orders = h2
                ? IntStream.range(0, orders)
                        .mapToObj(i -> (Lock) new ReentrantLock())
                        .toList()
                : List.of();
    }

    /** Waits for the turn of some orders; always in the same order, so that nobody waits in a circle. */
    Turn of(Collection<Long> ids) {
        List<Lock> locks = orders.isEmpty()
                ? List.of()
                : ids.stream()
                        .distinct()
                        .sorted()
                        .map(id -> orders.get(id.intValue()))
                        .toList();
        locks.forEach(Lock::lock);
        return () -> locks.forEach(Lock::unlock);
    }
}
