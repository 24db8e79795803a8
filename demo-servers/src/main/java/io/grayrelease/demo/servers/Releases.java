package io.grayrelease.demo.servers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The latest release of each namespace. Thread-safe. */
final class Releases {
    private final Map<String, Release> byNamespace = new HashMap<>();
    private long lastId;

    /** All keys of a namespace at one moment. */
    record Release(long id, String key, Map<String, String> values) {}

    synchronized void publish(String namespace, Map<String, String> values) {
        byNamespace.put(namespace, new Release(++lastId, UUID.randomUUID().toString(), Map.copyOf(values)));
        notifyAll();
    }

    synchronized Optional<Release> latest(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace));
    }

    /** Waits until a condition on the releases holds, or for the given time. */
    synchronized void await(BooleanSupplier condition, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (!condition.getAsBoolean() && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }
}
