package io.grayrelease.policy.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A network in CIDR notation, or a single address, IPv4 or IPv6. An IPv4 address written as IPv6 ({@code ::ffff:10.0.0.1})
 * is the IPv4 address. Immutable.
 */
public final class IpBlock {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    /** The longest spelling of an address; the expressions above are slow on long texts of colons. */
    private static final int MAX_LENGTH = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();

    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    private final byte[] network;
    private final int prefix;

    private IpBlock(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** The block of a text such as {@code 10.0.0.0/8}, {@code fd00::/8} or {@code ::1}; null if it is none. */
    public static @Nullable IpBlock parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int prefix = slash < 0 ? address.length * 8 : prefix(text.substring(slash + 1), address.length * 8);
        return prefix < 0 ? null : new IpBlock(address, prefix);
    }

    private static int prefix(String text, int max) {
        if (!PREFIX.matcher(text).matches()) {
            return -1;
        }
        int prefix = Integer.parseInt(text);
        return prefix <= max ? prefix : -1;
    }

    /** The bytes of an address in text; null if it is none. Never asks a name server: only literals get that far. */
    public static byte @Nullable [] address(String text) {
        if (text.length() > MAX_LENGTH || !isLiteral(text)) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static boolean isLiteral(String text) {
        return IPV4.matcher(text).matches() || IPV6.matcher(text).matches();
    }

    /** Whether an address, as {@link #address} gives it, lies in the block. */
    public boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int mask = (0xff00 >> (prefix % 8)) & 0xff;
        return mask == 0 || (address[whole] & mask) == (network[whole] & mask);
    }
}
