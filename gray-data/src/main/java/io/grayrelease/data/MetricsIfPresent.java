package io.grayrelease.data;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.micrometer.core.instrument.Metrics;

/** The way to the metrics for classes that are there without Micrometer too. */
final class MetricsIfPresent {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsIfPresent.class);

    private MetricsIfPresent() {}

    /** Shows a migration in Micrometer's global registry, if there is one; it never throws. Returns what takes it away again. */
    static Runnable show(Migration<?, ?> migration) {
        return ClassPath.has("io.micrometer.core.instrument.TimeGauge")
                ? OfMicrometer.show(migration)
                : MetricsIfPresent::nothing;
    }

    private static void nothing() {}

    /** A class of its own, since Micrometer need not be there. */
    private static final class OfMicrometer {
        static Runnable show(Migration<?, ?> migration) {
            MigrationMetrics metrics = new MigrationMetrics(migration);
            try {
                metrics.bindTo(Metrics.globalRegistry);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("gray: {} is not shown in metrics; it goes on", migration, e);
            }
            return metrics::close;
        }
    }
}
