package io.grayrelease.nginx.drive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Asks an Nginx over a Unix socket, one HTTP/1.0 request a connection: the JDK's HTTP client knows no such sockets. Thread-safe.
 */
public final class UnixHttp {
    private final Path socket;
    private final Duration patience;

    public UnixHttp(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /** What was answered. */
    public record Response(int status, String body) {}

    /** Asks; an IOException too if nobody answers within the patience. */
    public Response get(String path) throws IOException {
        return send("GET", path, "");
    }

    /** Sends a text, in UTF-8. */
    public Response put(String path, String body) throws IOException {
        return send("PUT", path, body);
    }

    private Response send(String method, String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.0\r\nHost: gray\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        long deadline = System.nanoTime() + patience.toNanos();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            write(channel, selector, ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)), deadline);
            write(channel, selector, ByteBuffer.wrap(bytes), deadline);
            key.interestOps(SelectionKey.OP_READ);
            return parse(read(channel, selector, deadline));
        }
    }

    private static void write(SocketChannel channel, Selector selector, ByteBuffer bytes, long deadline)
            throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(selector, deadline);
            }
        }
    }

    private static byte[] read(SocketChannel channel, Selector selector, long deadline) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8_192);
        int count = channel.read(buffer);
        while (count >= 0) {
            if (count == 0) {
                await(selector, deadline);
            }
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
            count = channel.read(buffer);
        }
        return all.toByteArray();
    }

    private static void await(Selector selector, long deadline) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new IOException("no answer in time");
        }
        selector.select(millis);
        selector.selectedKeys().clear();
    }

    private static Response parse(byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.UTF_8);
        int body = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.") || text.length() < 12 || body < 0) {
            throw new IOException("no HTTP answer: " + text.substring(0, Math.min(100, text.length())));
        }
        return new Response(Integer.parseInt(text.substring(9, 12)), text.substring(body + 4));
    }
}
