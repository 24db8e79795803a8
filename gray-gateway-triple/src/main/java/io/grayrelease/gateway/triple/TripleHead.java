package io.grayrelease.gateway.triple;

import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.apache.dubbo.remoting.http12.HttpRequest;
import org.apache.dubbo.rpc.Invocation;
import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.gateway.HttpHead;
import io.grayrelease.policy.model.Baggage;

/** The head of the HTTP request that a Triple call came as; Dubbo tells it from 3.3 on. */
final class TripleHead implements HttpHead {
    /** A value of Dubbo's {@code TripleConstants}, which 3.2 does not have. */
    private static final String REQUEST = "tri.http.request";

    private final HttpRequest request;

    private TripleHead(HttpRequest request) {
        this.request = request;
    }

    static @Nullable TripleHead of(Invocation invocation) {
        Object request = invocation.get(REQUEST);
        return request == null ? null : new TripleHead((HttpRequest) request);
    }

    /** Takes away what somebody outside could choose a version by: the application may read the request itself. */
    void clean() {
        ForgeableNames.all().forEach(request.headers()::remove);
        List<String> baggage = headers(Baggage.HEADER);
        if (Baggage.hasTag(baggage)) {
            String others = Baggage.without(baggage);
            request.headers().remove(Baggage.HEADER);
            if (others != null) {
                request.headers().set(Baggage.HEADER, others);
            }
        }
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = request.headerValues(name);
        return values == null ? Collections.emptyList() : values;
    }

    @Override
    public Collection<String> names() {
        return request.headerNames();
    }

    @Override
    public @Nullable String query() {
        return request.query();
    }

    @Override
    public String peer() {
        return request.remoteAddr();
    }
}
