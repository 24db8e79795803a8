package io.grayrelease.dubbo.operations.metrics;

import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

/** The way to the metrics for classes that are there without Micrometer too. */
public final class MetricsIfPresent {
    private MetricsIfPresent() {}

    /** The metrics of an application, made at the first call; null if the service has no Micrometer. */
    public static @Nullable GrayMetrics of(ApplicationModel model) {
        return isPresent("io.micrometer.core.instrument.TimeGauge") ? GrayMetrics.of(model) : null;
    }

    static boolean isPresent(String type) {
        try {
            Class.forName(type, false, MetricsIfPresent.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
