package io.grayrelease.gateway.webflux;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.LinkedCaseInsensitiveMap;

import io.grayrelease.gateway.HttpHead;

/** The head of a WebFlux request. Most of what HttpHeaders can is not the same in Spring 5 and 7; forEach is. */
final class WebFluxHead implements HttpHead {
    private final ServerHttpRequest request;
    private final Map<String, List<String>> headers = new LinkedCaseInsensitiveMap<>();

    WebFluxHead(ServerHttpRequest request) {
        this.request = request;
        // A name that is spelled in two ways comes twice, each time with all values.
        request.getHeaders().forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, Collections.emptyList());
    }

    @Override
    public Collection<String> names() {
        return headers.keySet();
    }

    @Override
    public @Nullable String query() {
        return request.getURI().getRawQuery();
    }

    /** Not resolved if a proxy has forwarded it; empty if the server knows none. */
    @Override
    public String peer() {
        InetSocketAddress peer = request.getRemoteAddress();
        if (peer == null) {
            return "";
        }
        return peer.isUnresolved() ? peer.getHostString() : peer.getAddress().getHostAddress();
    }
}
