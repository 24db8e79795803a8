package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpServer;

/** A server behind Nginx, which answers with its name and the headers it got. */
final class Backend implements AutoCloseable {
    private final HttpServer server;
    private final ConcurrentHashMap<String, Integer> counts;

    private Backend(HttpServer server, ConcurrentHashMap<String, Integer> counts) {
        this.server = server;
        this.counts = counts;
    }

    static Backend start(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();
        server.createContext("/", exchange -> {
            counts.merge("all", 1, Integer::sum);
            StringBuilder text = new StringBuilder(name + "\n");
            exchange.getRequestHeaders()
                    .forEach((header, values) ->
                            values.forEach(value -> text.append(header.toLowerCase(java.util.Locale.ROOT))
                                    .append('=')
                                    .append(value)
                                    .append('\n')));
            byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return new Backend(server, counts);
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    int requests() {
        return counts.getOrDefault("all", 0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
