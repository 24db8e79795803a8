package io.grayrelease.dubbo.operations.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The meters of each key, made when it is first asked for. Keys beyond the first {@value #MAX_KEYS} share one, since a
 * monitoring system pays for each of them. Thread-safe.
 */
final class Series<K, M> {
    /** What keys that share a meter are called. */
    static final String OTHER = "other";

    private static final int MAX_KEYS = 1_000;

    private final Map<K, M> byKey = new ConcurrentHashMap<>();
    private final UnaryOperator<K> fold;
    private final Function<K, M> make;

    /** @param fold the key that stands for one beyond the bound */
    Series(UnaryOperator<K> fold, Function<K, M> make) {
        this.fold = fold;
        this.make = make;
    }

    M of(K key) {
        M meters = byKey.get(key);
        return meters == null ? byKey.computeIfAbsent(byKey.size() < MAX_KEYS ? key : fold.apply(key), make) : meters;
    }
}
