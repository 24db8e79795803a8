package io.grayrelease.nginx.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.grayrelease.policy.model.IpBlock;

/** The address of a server, as it comes from a registry. */
final class ServerAddress {
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+)):([1-9][0-9]{0,4})");
    private static final int MAX_PORT = 65_535;

    private ServerAddress() {}

    /**
     * The address itself.
     *
     * @throws IllegalArgumentException if it is none, or a name: one that does not resolve would fail the whole configuration
     */
    static String checked(String upstream, String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches() || !isHost(matcher) || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            throw new IllegalArgumentException("upstream " + upstream + ": found address \"" + address
                    + "\", expected an IP address and a port, 10.0.0.1:8080 or [fd00::1]:8080");
        }
        return address;
    }

    private static boolean isHost(Matcher matcher) {
        String six = matcher.group(1);
        return six == null
                ? IpBlock.address(matcher.group(2)) != null
                : six.indexOf(':') >= 0 && IpBlock.address(six) != null;
    }
}
