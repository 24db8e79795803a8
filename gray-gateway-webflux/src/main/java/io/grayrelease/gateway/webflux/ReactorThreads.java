package io.grayrelease.gateway.webflux;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.policy.model.Tags;

import reactor.core.publisher.Mono;

/** Whether Dubbo calls in Reactor's operators carry the tags of their request by themselves. */
public final class ReactorThreads {
    private ReactorThreads() {}

    /** Whether Reactor puts the context of a request on the threads of its operators; tried out, whoever switched it on. */
    public static boolean haveContext() {
        GrayContext probe = GrayContext.decided(Tags.NONE, "probe");
        return Boolean.TRUE.equals(Mono.fromCallable(() -> GrayContext.current().equals(probe))
                .contextWrite(context -> context.put(GrayWebFilter.KEY, probe))
                .block());
    }
}
