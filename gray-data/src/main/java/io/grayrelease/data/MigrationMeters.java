package io.grayrelease.data;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

/** The meters of one migration in one registry; they hold the migration weakly. Thread-safe. */
final class MigrationMeters {
    private static final String MIGRATION = "migration";

    private final MeterRegistry registry;
    private final Migration<?, ?> migration;
    private final List<Meter> added = new CopyOnWriteArrayList<>();

    MigrationMeters(MeterRegistry registry, Migration<?, ?> migration) {
        this.registry = registry;
        this.migration = migration;
    }

    static boolean isIn(MeterRegistry registry, String migration) {
        return registry.find(MigrationGauges.PHASE).tag(MIGRATION, migration).meter() != null;
    }

    /** Adds a number that is read of something known; null, or what fails, is NaN. */
    <T> void gauge(
            String name, String description, Function<Migration<?, ?>, @Nullable T> known, ToDoubleFunction<T> number) {
        added.add(Gauge.builder(name, migration, from -> number(known, number, from))
                .description(description)
                .tag(MIGRATION, migration.toString())
                .register(registry));
    }

    /** Adds a duration, as seconds. */
    <T> void seconds(
            String name,
            String description,
            Function<Migration<?, ?>, @Nullable T> known,
            Function<T, @Nullable Duration> duration) {
        ToDoubleFunction<T> seconds = from -> seconds(duration.apply(from));
        added.add(TimeGauge.builder(name, migration, TimeUnit.SECONDS, from -> number(known, seconds, from))
                .description(description)
                .tag(MIGRATION, migration.toString())
                .register(registry));
    }

    private static double seconds(@Nullable Duration duration) {
        return duration == null ? Double.NaN : duration.toMillis() / 1_000.0;
    }

    private static <T> double number(
            Function<Migration<?, ?>, @Nullable T> known, ToDoubleFunction<T> number, Migration<?, ?> from) {
        try {
            T value = known.apply(from);
            return value == null ? Double.NaN : number.applyAsDouble(value);
        } catch (RuntimeException e) {
            // What the service gave for its wish may fail; who scrapes is not the one to be told.
            return Double.NaN;
        }
    }

    void counter(String name, String description, ToDoubleFunction<Counts> count, String... tags) {
        added.add(FunctionCounter.builder(name, migration.counts(), count)
                .description(description)
                .tag(MIGRATION, migration.toString())
                .tags(tags)
                .register(registry));
    }

    void remove() {
        added.forEach(registry::remove);
        added.clear();
    }
}
