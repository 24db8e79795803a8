package io.grayrelease.nginx.registry;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.model.ServerAddress;
import io.grayrelease.zookeeper.providers.Endpoint;

/** Picks those endpoints of an upstream that an Nginx can talk to. Says once of each other one why not. Not thread-safe. */
final class HttpServers {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServers.class);

    /** What is spoken at ports that answer HTTP/1.1; Triple does since Dubbo 3.3. */
    private static final Set<String> HTTP = Set.of("tri", "rest", "http", "https");

    private final WatchedUpstream upstream;
    private final Set<String> said = new HashSet<>();

    HttpServers(WatchedUpstream upstream) {
        this.upstream = upstream;
    }

    /** Of several endpoints at one address, the first counts. */
    Set<Server> of(Collection<Endpoint> endpoints) {
        Map<String, Server> servers = new LinkedHashMap<>();
        Set<String> left = new TreeSet<>();
        for (Endpoint endpoint : endpoints) {
            String address = address(endpoint, left);
            if (address != null) {
                servers.putIfAbsent(address, new Server(address, endpoint.version()));
            }
        }
        left.removeIf(reason -> !said.add(reason));
        if (!left.isEmpty()) {
            LOG.warn("gray: not used for {}: {}", upstream.target().name(), String.join("; ", left));
        }
        return servers.values().stream().collect(Collectors.toUnmodifiableSet());
    }

    private @Nullable String address(Endpoint endpoint, Set<String> left) {
        String port = port(endpoint);
        if (port == null && !isHttp(endpoint.protocol())) {
            left.add(endpoint.address() + " speaks " + endpoint.protocol()
                    + ", expected tri, rest, http, or the setting upstream."
                    + upstream.target().name() + ".port");
            return null;
        }
        String address =
                port == null ? ServerAddress.of(endpoint.address()) : ServerAddress.withPort(endpoint.address(), port);
        if (address == null) {
            left.add(endpoint.address() + (port == null ? "" : " with port " + port) + " is no IP address with a port");
        }
        return address;
    }

    private @Nullable String port(Endpoint endpoint) {
        return upstream.port() != null ? upstream.port().toString() : endpoint.httpPort();
    }

    private static boolean isHttp(@Nullable String protocol) {
        return protocol == null || HTTP.contains(protocol);
    }
}
