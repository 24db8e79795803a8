package io.grayrelease.gateway.webflux;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import io.netty.handler.codec.http.HttpMethod;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** A real server with a filter, and a client that writes headers exactly as it is told. */
final class Server implements AutoCloseable {
    private final DisposableServer server;

    private Server(DisposableServer server) {
        this.server = server;
    }

    static Server start(LoopResources loops, WebHandler handler, WebFilter... filters) {
        return new Server(HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .runOn(loops, false)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(handler)
                        .filter(filters)
                        .build()))
                .bindNow());
    }

    int port() {
        return server.port();
    }

    Mono<String> get(String path, String... headers) {
        return get(port(), path, headers);
    }

    static Mono<String> get(int port, String path, String... headers) {
        return HttpClient.create()
                .headers(sent -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        sent.add(headers[i], headers[i + 1]);
                    }
                })
                .request(HttpMethod.GET)
                .uri("http://127.0.0.1:" + port + path)
                .responseSingle((response, body) -> body.asString()
                        .defaultIfEmpty("")
                        .map(text -> response.status().code() == 200
                                ? text
                                : response.status().toString()))
                .timeout(Duration.ofSeconds(20));
    }

    static Mono<Void> answer(ServerWebExchange exchange, Object text) {
        DataBuffer body =
                exchange.getResponse().bufferFactory().wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        return exchange.getResponse().writeWith(Mono.just(body));
    }

    /** Its headers that are ours, forgeable or told from them, in lower case. */
    static Map<String, Object> headers(ServerWebExchange exchange) {
        Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequest().getHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).matches(".*(gray|dubbo|baggage|tri-|kept).*")) {
                headers.put(name, values);
            }
        });
        return headers;
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
