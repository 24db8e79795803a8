package io.grayrelease.gateway.webflux;

import java.security.Principal;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.GrayThreadLocalAccessor;
import io.grayrelease.gateway.Entered;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.TagHeaders;
import io.grayrelease.policy.decide.RequestView;

import reactor.core.publisher.Mono;

/**
 * Gives a request its tags: for what handles it, in Reactor's Context, and for the service that a gateway sends it on to, in its
 * headers. Comes first of all filters, so that none reads what an edge takes away; a bean's {@code @Order} says otherwise.
 */
public final class GrayWebFilter implements WebFilter, Ordered {
    /** The key of the {@link GrayContext} in Reactor's Context and in the attributes of the exchange; {@value}. */
    public static final String KEY = GrayThreadLocalAccessor.KEY;

    private static final Logger LOG = LoggerFactory.getLogger(GrayWebFilter.class);

    private final Entry entry;
    private final TagHeaders written;
    private final Function<ServerWebExchange, Mono<String>> uid;
    private volatile boolean warned;

    /** A filter that signs nothing, and takes for uid who is logged in, else what the settings of the entry say. */
    public GrayWebFilter(Entry entry) {
        this(entry, TagHeaders.signedBy(null), exchange -> exchange.getPrincipal()
                .map(Principal::getName));
    }

    /**
     * A filter that asks the application for the uid.
     *
     * @param written writes the tags on the request, signed or not
     * @param uid the uid of a request; empty where the application does not know. The request waits for it
     */
    public GrayWebFilter(Entry entry, TagHeaders written, Function<ServerWebExchange, Mono<String>> uid) {
        this.entry = entry;
        this.written = written;
        this.uid = uid;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    /** Of two filters in one chain, the second does nothing: what it would read is what the first one has written. */
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getAttribute(KEY) instanceof GrayContext) {
            return chain.filter(exchange);
        }
        return Mono.defer(() -> uid.apply(exchange))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(known -> context(exchange.getRequest(), known.orElse(null)))
                .onErrorResume(e -> Mono.just(fault(e)))
                .flatMap(context -> handled(exchange, context, chain));
    }

    private Mono<Void> handled(ServerWebExchange exchange, GrayContext context, WebFilterChain chain) {
        ServerWebExchange onward = onward(exchange, context);
        return TracedHandling.of(Mono.defer(() -> chain.filter(onward)), context.isDecided() ? context.tags() : null)
                .contextWrite(reactor -> reactor.put(KEY, context));
    }

    /** An exchange whose request says no tags, for a gateway's route to a service of somebody else. */
    public static ServerWebExchange withoutTags(ServerWebExchange exchange) {
        return exchange.mutate()
                .request(OnwardRequest.clean(exchange.getRequest()))
                .build();
    }

    private GrayContext context(ServerHttpRequest request, @Nullable String principal) {
        Entered entered = entry.enter(new WebFluxHead(request), principal);
        RequestView values = entered.values();
        return values == null
                ? GrayContext.decided(entered.tags(), entered.uid())
                : GrayContext.undecided(entered.uid(), values).asRequest();
    }

    /** A fault of ours, or of who knows the uid, never fails a request. */
    private GrayContext fault(Throwable e) {
        if (!warned) {
            warned = true;
            LOG.warn("gray: an HTTP request is not decided; said once", e);
        }
        return GrayContext.NONE.asRequest();
    }

    private ServerWebExchange onward(ServerWebExchange exchange, GrayContext context) {
        exchange.getAttributes().put(KEY, context);
        String header = entry.responseHeader();
        if (header != null && context.isDecided()) {
            exchange.getResponse().getHeaders().set(header, context.tags().text());
        }
        ServerHttpRequest request = exchange.getRequest();
        ServerHttpRequest clean = entry.isEdge() ? OnwardRequest.clean(request) : request;
        ServerHttpRequest onward = context.isDecided() ? OnwardRequest.tagged(clean, context.tags(), written) : clean;
        return exchange.mutate().request(onward).build();
    }
}
