package io.grayrelease.nginx.parity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.grayrelease.nginx.model.Server;

/** A server behind Nginx, which answers with its address and the headers that arrived, a line each. */
public final class Backend implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final @Nullable String version;

    private Backend(HttpServer server, @Nullable String version) {
        this.server = server;
        this.version = version;
    }

    public static Backend start(@Nullable String version) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Backend backend = new Backend(server, version);
        server.createContext("/", backend::answer);
        server.setExecutor(backend.threads);
        server.start();
        return backend;
    }

    /** As it is registered. */
    public Server server() {
        return new Server("127.0.0.1:" + server.getAddress().getPort(), version);
    }

    private void answer(HttpExchange exchange) throws IOException {
        StringBuilder text = new StringBuilder(server().address()).append('\n');
        exchange.getRequestHeaders().forEach((name, values) -> text.append(name.toLowerCase(java.util.Locale.ROOT))
                .append(": ")
                .append(String.join(" | ", values))
                .append('\n'));
        byte[] body = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    static List<Server> servers(List<Backend> backends) {
        return backends.stream().map(Backend::server).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
