package io.grayrelease.nginx.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.IpBlock;

/** Addresses in the one spelling that they have here: {@code 10.0.0.1:8080}, {@code [fd00::1]:8080}. */
public final class ServerAddress {
    private static final int IPV4_BYTES = 4;
    private static final int MAX_PORT = 65_535;
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern ZEROS = Pattern.compile("(?:^|:)(?:0(?::|$)){2,}");

    private ServerAddress() {}

    /** The address of a text with IP address and port, an IPv6 one with or without brackets; null if it is none. */
    public static @Nullable String of(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0 ? null : of(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Whether a text is an address in this spelling. */
    public static boolean isOne(String text) {
        return text.equals(of(text));
    }

    /** The address of a host and another port than it registered; null if the host is no IP address or the port is none. */
    public static @Nullable String withPort(String text, String port) {
        int colon = text.lastIndexOf(':');
        return of(colon < 0 ? text : text.substring(0, colon), port);
    }

    private static @Nullable String of(String host, String port) {
        String ip = ip(host);
        if (ip == null || !PORT.matcher(port).matches()) {
            return null;
        }
        int number = Integer.parseInt(port);
        return number < 1 || number > MAX_PORT ? null : ip + ":" + number;
    }

    private static @Nullable String ip(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        byte[] bytes = IpBlock.address(bracketed ? host.substring(1, host.length() - 1) : host);
        if (bytes == null) {
            return null;
        }
        try {
            String text = InetAddress.getByAddress(bytes).getHostAddress();
            return bytes.length == IPV4_BYTES ? text : "[" + ZEROS.matcher(text).replaceFirst("::") + "]";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
