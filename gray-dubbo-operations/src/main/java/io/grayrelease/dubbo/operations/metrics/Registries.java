package io.grayrelease.dubbo.operations.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.dubbo.metrics.MetricsGlobalRegistry;
import org.apache.dubbo.rpc.model.ApplicationModel;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/** The Micrometer registries that a service has already: the global one, which Spring Boot uses too, and Dubbo's. */
final class Registries {
    private Registries() {}

    static List<CompositeMeterRegistry> of(ApplicationModel model) {
        List<CompositeMeterRegistry> registries = new ArrayList<>(Collections.singleton(Metrics.globalRegistry));
        if (MetricsIfPresent.isPresent("org.apache.dubbo.metrics.MetricsGlobalRegistry")) {
            CompositeMeterRegistry dubbos = OfDubbo.of(model);
            if (dubbos != Metrics.globalRegistry) {
                registries.add(dubbos);
            }
        }
        return registries;
    }

    /** A class of its own, since Dubbo 3.1 has no such registry. */
    private static final class OfDubbo {
        static CompositeMeterRegistry of(ApplicationModel model) {
            return MetricsGlobalRegistry.getCompositeRegistry(model);
        }
    }
}
