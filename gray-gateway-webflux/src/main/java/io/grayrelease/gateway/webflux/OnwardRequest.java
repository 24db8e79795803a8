package io.grayrelease.gateway.webflux;

import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.gateway.HttpHead;
import io.grayrelease.gateway.TagHeaders;
import io.grayrelease.policy.model.Baggage;
import io.grayrelease.policy.model.Tags;

/** A request with other headers than it came with: a gateway sends them on, and an application may copy them. */
final class OnwardRequest extends ServerHttpRequestDecorator {
    private final HttpHeaders headers;

    private OnwardRequest(ServerHttpRequest request, HttpHeaders headers) {
        super(request);
        this.headers = HttpHeaders.readOnlyHttpHeaders(headers);
    }

    /** Without those by which somebody outside could choose a version. */
    static ServerHttpRequest clean(ServerHttpRequest request) {
        HttpHead head = new WebFluxHead(request);
        HttpHeaders kept = new HttpHeaders();
        for (String name : head.names()) {
            if (!ForgeableNames.contain(name)) {
                keep(kept, name, head.headers(name));
            }
        }
        return new OnwardRequest(request, kept);
    }

    private static void keep(HttpHeaders kept, String name, List<String> values) {
        if (!Baggage.HEADER.equalsIgnoreCase(name)) {
            kept.put(name, values);
            return;
        }
        String others = Baggage.without(values);
        if (others != null) {
            kept.set(name, others);
        }
    }

    /** With its tags. */
    static ServerHttpRequest tagged(ServerHttpRequest request, Tags tags, TagHeaders written) {
        HttpHead head = new WebFluxHead(request);
        HttpHeaders all = new HttpHeaders();
        head.names().forEach(name -> all.put(name, head.headers(name)));
        written.write(tags, head.headers(Baggage.HEADER), all::set);
        return new OnwardRequest(request, all);
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }
}
