package io.grayrelease.zookeeper.providers;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/**
 * A provider of the layout {@code /dubbo/<interface>/providers/<URL>}: the name of the node is the whole URL, encoded. By hand,
 * for Dubbo does not encode the values within, so java.net.URI refuses some.
 */
final class ProviderUrl {
    private static final String SCHEME_END = "://";

    private ProviderUrl() {}

    /**
     * Reads a node's name.
     *
     * @throws IllegalArgumentException if it is no URL of a provider
     */
    static Provider read(String service, String node) {
        String url = decoded(node);
        Map<String, String> parameters = parameters(url);
        return Provider.of(
                service,
                Parameters.text(parameters, "application"),
                Parameters.version(parameters),
                address(withoutQuery(url)));
    }

    /** As {@link #read}, with what a client that speaks no Dubbo has to know. */
    static Endpoint endpoint(String service, String node) {
        Provider provider = read(service, node);
        String url = decoded(node);
        return Endpoint.of(
                provider.address(),
                url.substring(0, url.indexOf(SCHEME_END)),
                provider.version(),
                Parameters.httpPort(parameters(url)));
    }

    private static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static String decoded(String node) {
        try {
            return URLDecoder.decode(node, "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java has UTF-8", e);
        }
    }

    private static String address(String url) {
        int scheme = url.indexOf(SCHEME_END);
        if (scheme < 0) {
            throw new IllegalArgumentException("expected protocol://host:port/interface, found " + url);
        }
        int path = url.indexOf('/', scheme + SCHEME_END.length());
        String authority = url.substring(scheme + SCHEME_END.length(), path < 0 ? url.length() : path);
        return authority.substring(authority.indexOf('@') + 1);
    }

    private static Map<String, String> parameters(String url) {
        Map<String, String> parameters = new HashMap<>();
        String query = url.substring(withoutQuery(url).length());
        for (String pair : query.substring(Math.min(1, query.length())).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return parameters;
    }
}
