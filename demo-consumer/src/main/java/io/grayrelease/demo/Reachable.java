package io.grayrelease.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/** Looks whether somebody listens where the user says that a server is, before anything waits for it. */
final class Reachable {
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private Reachable() {}

    /**
     * Connects and hangs up.
     *
     * @throws DemoException if the address is none, or nobody listens there
     */
    static void check(String what, String address) {
        URI uri = parse(what, address);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), port(uri)), TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new DemoException("no " + what + " answers at " + uri.getAuthority(), e);
        }
    }

    private static URI parse(String what, String address) {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && port(uri) > 0) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new DemoException("the address of " + what + " cannot be read: " + address, e);
        }
        throw new DemoException("the address of " + what + " has no host or no port: " + address, null);
    }

    private static int port(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "http" -> HTTP;
            case "https" -> HTTPS;
            default -> 0;
        };
    }
}
