package io.grayrelease.spring;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.TagHeaders;
import io.grayrelease.gateway.webflux.GrayWebFilter;
import io.grayrelease.policy.model.Baggage;

import reactor.core.publisher.Mono;

/** As {@link GrayClientInterceptor}, for a WebClient. Thread-safe. */
public final class GrayExchangeFilter implements ExchangeFilterFunction {
    private final TagHeaders written;

    public GrayExchangeFilter(TagHeaders written) {
        this.written = written;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.deferContextual(reactor -> {
            GrayContext context = reactor.getOrDefault(GrayWebFilter.KEY, GrayContext.current());
            return next.exchange(context != null && context.isDecided() ? tagged(request, context) : request);
        });
    }

    private ClientRequest tagged(ClientRequest request, GrayContext context) {
        return ClientRequest.from(request)
                .headers(
                        headers -> written.write(context.tags(), headers.getValuesAsList(Baggage.HEADER), headers::set))
                .build();
    }
}
