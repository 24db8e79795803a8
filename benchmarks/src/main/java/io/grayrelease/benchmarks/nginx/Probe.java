package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A user who asks a front again and again, each time on a new connection, until it has changed its mind about him. */
final class Probe {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);

    /** For how long nobody may have got the old decision before it counts as gone. */
    private static final long SETTLED = TimeUnit.MILLISECONDS.toNanos(200);

    private final int port;
    private final byte[] request;

    Probe(int port, String user) {
        this.port = port;
        this.request =
                ("GET / HTTP/1.0\r\nHost: bench\r\nX-Uid: " + user + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Moments in nanoseconds.
     *
     * @param first when the new decision was first seen
     * @param only since when no other was seen
     */
    record Seen(long first, long only) {}

    /** Starts to ask. */
    CompletableFuture<Seen> await(String expected) {
        return CompletableFuture.supplyAsync(() -> ask(expected));
    }

    private Seen ask(String expected) {
        long deadline = System.nanoTime() + PATIENCE;
        long first = 0;
        long only = 0;
        long now = System.nanoTime();
        while (first == 0 || only == 0 || now - only < SETTLED) {
            boolean seen = answer().endsWith(expected);
            now = System.nanoTime();
            if (now > deadline) {
                throw new IllegalStateException("no new connection was answered by " + expected + " in time");
            }
            first = seen && first == 0 ? now : first;
            only = seen && only != 0 ? only : seen ? now : 0;
            pause();
        }
        return new Seen(first, only);
    }

    /** Empty if there was none. */
    private String answer() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
