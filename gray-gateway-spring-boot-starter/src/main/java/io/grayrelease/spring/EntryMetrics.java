package io.grayrelease.spring;

import java.util.Locale;

import io.grayrelease.gateway.Entered.Origin;
import io.grayrelease.gateway.EntryCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Counters of the entry: {@code gray.entry.requests} by {@code origin}, and {@code gray.entry.forged}. */
final class EntryMetrics implements MeterBinder {
    private final EntryCounts counts;

    EntryMetrics(EntryCounts counts) {
        this.counts = counts;
    }

    static String word(Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Origin origin : Origin.values()) {
            FunctionCounter.builder("gray.entry.requests", counts, each -> each.requests(origin))
                    .description("HTTP requests, by where their tags are from")
                    .tag("origin", word(origin))
                    .register(registry);
        }
        FunctionCounter.builder("gray.entry.forged", counts, EntryCounts::forged)
                .description("HTTP requests that said tags which were not believed")
                .register(registry);
    }
}
