package io.grayrelease.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.grayrelease.policy.model.IpBlock;

/**
 * The address of the client: the peer, or, where the peer is a proxy that is trusted, the last one in {@code X-Forwarded-For} that is
 * not, as nginx's realip module with real_ip_recursive finds it, after ngx_http_get_forwarded_addr of nginx 1.22. Immutable.
 */
public final class ClientAddress {
    private static final String FORWARDED_FOR = "x-forwarded-for";
    private static final Pattern SEPARATORS = Pattern.compile("[ ,]+");
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^]]*)]|([0-9.]*)):0*([1-9][0-9]{0,4})");
    private static final int MAX_PORT = 65_535;

    private final List<IpBlock> trusted;

    private ClientAddress(List<IpBlock> trusted) {
        this.trusted = trusted;
    }

    /**
     * Finds addresses behind proxies.
     *
     * @param trustedProxies addresses and networks, {@code 10.0.0.0/8}; with none, it is always the peer
     * @throws IllegalArgumentException if one of them is no address
     */
    public static ClientAddress behind(Collection<String> trustedProxies) {
        List<IpBlock> blocks = new ArrayList<>();
        for (String text : trustedProxies) {
            IpBlock block = IpBlock.parse(text);
            if (block == null) {
                throw new IllegalArgumentException(
                        "found \"" + text + "\", expected an address or a network as 10.0.0.0/8");
            }
            blocks.add(block);
        }
        return new ClientAddress(Collections.unmodifiableList(blocks));
    }

    String of(HttpHead head) {
        String client = withoutZone(head.peer());
        if (!isTrusted(client)) {
            return client; // what it says is not even read
        }
        List<String> forwarded = new ArrayList<>();
        for (String header : head.headers(FORWARDED_FOR)) {
            Collections.addAll(forwarded, SEPARATORS.split(header));
        }
        for (int i = forwarded.size() - 1; i >= 0 && isTrusted(client); i--) {
            if (!forwarded.get(i).isEmpty()) {
                String next = withoutPort(forwarded.get(i));
                if (IpBlock.address(next) == null) {
                    return client;
                }
                client = next;
            }
        }
        return client;
    }

    /** Java tells the interface of a link-local peer, too: {@code fe80::1%eth0}. */
    private static String withoutZone(String peer) {
        int zone = peer.indexOf('%');
        return zone < 0 ? peer : peer.substring(0, zone);
    }

    /** Some proxies tell the port, too: {@code 203.0.113.9:4711}, {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String element) {
        Matcher matcher = WITH_PORT.matcher(element);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            return element;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    private boolean isTrusted(String text) {
        byte[] address = IpBlock.address(text);
        return address != null && trusted.stream().anyMatch(block -> block.contains(address));
    }
}
