package io.grayrelease.dubbo.operations.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/** The meters of an application in the registries that its service has. Thread-safe. */
final class Meters {
    private final List<CompositeMeterRegistry> registries;
    private final List<Runnable> removals = new CopyOnWriteArrayList<>();

    Meters(List<CompositeMeterRegistry> registries) {
        this.registries = registries;
    }

    /**
     * Adds a meter that only reads a number, to all registries: where two lead to the same monitoring system, it shows
     * the number once.
     */
    void add(Function<MeterRegistry, Meter> meter) {
        registries.forEach(registry -> add(registry, meter.apply(registry)));
    }

    /** Adds a meter that is recorded into, to one registry: twice into the same system would count twice. */
    <M extends Meter> M addToOne(Function<MeterRegistry, M> meter) {
        CompositeMeterRegistry registry = registries.stream()
                .filter(candidate -> !candidate.getRegistries().isEmpty())
                .findFirst()
                .orElse(registries.get(0));
        M added = meter.apply(registry);
        add(registry, added);
        return added;
    }

    private void add(MeterRegistry registry, Meter added) {
        removals.add(() -> registry.remove(added));
    }

    void removeAll() {
        removals.forEach(Runnable::run);
        removals.clear();
    }
}
