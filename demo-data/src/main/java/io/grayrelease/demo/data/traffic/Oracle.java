package io.grayrelease.demo.data.traffic;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.grayrelease.demo.data.api.Order;

/**
 * Knows what every order is by now, from the acknowledged calls alone: one thing, or one of several after a call that failed, of
 * which nobody knows whether it was carried out. Thread-safe; the calls for one order come one after the other.
 */
final class Oracle {
    private static final int LOCKS = 256;

    private final long loaded;
    private final AtomicLong highest;
    private final Map<Long, Set<Optional<Order>>> touched = new ConcurrentHashMap<>();
    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(LOCKS).toList();

    /** Of the numbers 1 to {@code loaded}, as they are loaded. */
    Oracle(long loaded) {
        this.loaded = loaded;
        this.highest = new AtomicLong(loaded);
    }

    /** What an order may be; empty where it may not be there. */
    Set<Optional<Order>> possible(long number) {
        Set<Optional<Order>> known = touched.get(number);
        if (known != null) {
            return known;
        }
        return Set.of(number >= 1 && number <= loaded ? Optional.of(FirstOrders.of(number)) : Optional.empty());
    }

    /** A call was answered, and had one of these effects. */
    void happened(long number, Effect... effects) {
        Set<Optional<Order>> after = new LinkedHashSet<>();
        for (Optional<Order> before : possible(number)) {
            for (Effect effect : effects) {
                after.add(effect.on(before));
            }
        }
        touched.put(number, after);
        highest.accumulateAndGet(number, Math::max);
    }

    /** No order has a higher number. */
    long highest() {
        return highest.get();
    }

    /** To be held during a call that writes an order, and by whoever must not see it change. */
    Lock lock(long number) {
        return locks.get((int) (number % LOCKS));
    }
}
