package io.grayrelease.gateway.webflux;

import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.TraceBaggage;
import io.grayrelease.policy.model.Tags;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;

/**
 * What handles a request, with its tags in OpenTelemetry's baggage. The agent takes over what is current at the subscription; the
 * library's own operators, what stands in Reactor's Context.
 */
final class TracedHandling extends MonoOperator<Void, Void> {
    private final @Nullable Tags tags;

    private TracedHandling(Mono<Void> handling, @Nullable Tags tags) {
        super(handling);
        this.tags = tags;
    }

    /**
     * Handles a request.
     *
     * @param tags null takes away what the baggage says
     */
    static Mono<Void> of(Mono<Void> handling, @Nullable Tags tags) {
        return new TracedHandling(handling, tags).contextWrite(reactor -> traced(reactor, tags));
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> actual) {
        try (TraceBaggage.Scope traced = TraceBaggage.open(tags)) {
            source.subscribe(actual);
        }
    }

    /** Under whichever key somebody has put it. */
    private static Context traced(Context reactor, @Nullable Tags tags) {
        Map<Object, Object> all = reactor.stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> TraceBaggage.in(entry.getValue(), tags)));
        return Context.of(all);
    }
}
