package io.grayrelease.data;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The metrics of a migration, {@code gray.data.*} with the label {@code migration}. A migration is in Micrometer's global registry
 * by itself while it runs; this is for registries that are not in that one. No meter asks a database, and none throws; what is not
 * known is NaN. Thread-safe.
 */
public final class MigrationMetrics implements MeterBinder, AutoCloseable {
    private final Migration<?, ?> migration;
    private final List<MigrationMeters> bound = new CopyOnWriteArrayList<>();

    public MigrationMetrics(Migration<?, ?> migration) {
        this.migration = migration;
    }

    /** Adds the meters to a registry, unless it has those of a migration of the same name, which stay. */
    @Override
    public void bindTo(MeterRegistry registry) {
        // Two of one name would share their meters, and the first that ends would take away those of both.
        synchronized (MigrationMetrics.class) {
            if (!MigrationMeters.isIn(registry, migration.toString())) {
                MigrationMeters meters = new MigrationMeters(registry, migration);
                bound.add(meters);
                MigrationGauges.add(meters);
                MigrationCounters.add(meters);
            }
        }
    }

    /** Takes the meters out of the registries, which may outlive the migration. */
    @Override
    public void close() {
        bound.forEach(MigrationMeters::remove);
        bound.clear();
    }
}
