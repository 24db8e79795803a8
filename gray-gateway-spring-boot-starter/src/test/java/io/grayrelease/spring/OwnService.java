package io.grayrelease.spring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;

/** A service of our own behind the application, which answers with the tags that it was called with. */
final class OwnService implements AutoCloseable {
    private final HttpServer server;

    private OwnService(HttpServer server) {
        this.server = server;
    }

    static OwnService start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String tags = exchange.getRequestHeaders().getFirst("x-gray-tag") + ", baggage "
                    + exchange.getRequestHeaders().getFirst("baggage");
            byte[] body = tags.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new OwnService(server);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
