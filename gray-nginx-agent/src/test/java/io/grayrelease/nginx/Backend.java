package io.grayrelease.nginx;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.model.Server;

/**
 * A server behind Nginx, which answers with its address and the headers that arrived, a line each. Whatever arrives: HTTP servers
 * refuse what attackers send.
 */
public final class Backend implements AutoCloseable {
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final @Nullable String version;

    private Backend(ServerSocket listening, @Nullable String version) {
        this.listening = listening;
        this.version = version;
    }

    public static Backend start(@Nullable String version) throws IOException {
        Backend backend = new Backend(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), version);
        backend.threads.execute(backend::accept);
        return backend;
    }

    /** As it is registered. */
    public Server server() {
        return new Server("127.0.0.1:" + listening.getLocalPort(), version);
    }

    public String address() {
        return server().address();
    }

    /** How many it has answered. */
    public int requests() {
        return requests.get();
    }

    public static List<Server> servers(List<Backend> backends) {
        return backends.stream().map(Backend::server).toList();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            for (String line = line(in); line != null; line = line(in)) {
                requests.incrementAndGet();
                socket.getOutputStream().write(answer(server().address() + "\n" + headers(in)));
            }
        } catch (IOException e) {
            return; // Nginx has gone
        }
    }

    /** In one piece: Nagle's algorithm would hold a second one back. */
    private static byte[] answer(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String headers(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).trim();
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT), value, (one, other) -> one + " | " + other);
        }
        StringBuilder text = new StringBuilder();
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.append(c == '\r' ? "" : Character.toString((char) c));
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
