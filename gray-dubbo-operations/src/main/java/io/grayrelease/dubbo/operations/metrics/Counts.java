package io.grayrelease.dubbo.operations.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * A number for each key. Keys beyond the first {@value #MAX_KEYS} are counted together, since a monitoring system pays for
 * each of them. Thread-safe; counting neither locks nor allocates.
 */
final class Counts<K> {
    /** What keys that are counted together are called. */
    static final String OTHER = "other";

    private static final int MAX_KEYS = 1_000;

    private final Map<K, LongAdder> byKey = new ConcurrentHashMap<>();
    private final UnaryOperator<K> fold;
    private final BiConsumer<K, LongAdder> show;

    /**
     * @param fold the key that one beyond the bound is counted as
     * @param show told of every new key and its number, once
     */
    Counts(UnaryOperator<K> fold, BiConsumer<K, LongAdder> show) {
        this.fold = fold;
        this.show = show;
    }

    void count(K key) {
        LongAdder number = byKey.get(key);
        (number == null ? number(byKey.size() < MAX_KEYS ? key : fold.apply(key)) : number).increment();
    }

    private LongAdder number(K key) {
        return byKey.computeIfAbsent(key, unknown -> {
            LongAdder number = new LongAdder();
            show.accept(key, number);
            return number;
        });
    }
}
