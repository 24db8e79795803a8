package io.grayrelease.demo.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.ctrip.framework.apollo.core.dto.ApolloConfig;
import com.ctrip.framework.apollo.core.dto.ApolloConfigNotification;
import com.ctrip.framework.apollo.core.dto.ServiceDTO;
import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.grayrelease.demo.servers.Releases.Release;

/**
 * What apollo-client talks to: the meta server and the config service of Apollo, over HTTP on a port of its own, with
 * Apollo's release semantics. A publish replaces all keys of a namespace in one release; clients learn of it by their long
 * poll and then read the whole release. Thread-safe.
 */
public final class ApolloEndpoint implements AutoCloseable {
    /** How long a notification request is held unless told otherwise; Apollo holds it for a minute. */
    private static final Duration HOLD = Duration.ofSeconds(5);

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final Gson gson = new Gson();
    private final Releases releases = new Releases();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final long holdMillis;
    private volatile boolean away;

    private ApolloEndpoint(HttpServer server, Duration hold) {
        this.server = server;
        this.holdMillis = hold.toMillis();
        server.setExecutor(threads);
        server.createContext("/services/config", this::services);
        server.createContext("/configs/", this::config);
        server.createContext("/notifications/v2", this::notifications);
        server.start();
    }

    /** An endpoint on a free port. */
    public static ApolloEndpoint start() throws IOException {
        return start(0);
    }

    /** An endpoint on a port of the loopback interface; 0 is any free one. */
    public static ApolloEndpoint start(int port) throws IOException {
        return start(port, HOLD);
    }

    /**
     * As {@link #start(int)}, with the time for which a notification request is held. A client asks for all its namespaces
     * in one request, so it takes as long until it follows one more.
     */
    public static ApolloEndpoint start(int port, Duration hold) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new ApolloEndpoint(HttpServer.create(address, 0), hold);
    }

    /** Where it is, for {@code apollo.meta} and {@code apollo.config-service}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Makes these the keys of a namespace, in one release. */
    public void publish(String namespace, Map<String, String> keys) {
        releases.publish(namespace, keys);
    }

    /** From now on, every request is answered with 503, or, false, as usual. */
    public void setAway(boolean away) {
        this.away = away;
    }

    private void services(HttpExchange exchange) throws IOException {
        ServiceDTO service = new ServiceDTO();
        service.setAppName("apollo-configservice");
        service.setInstanceId(url());
        service.setHomepageUrl(url() + "/");
        answer(exchange, OK, gson.toJson(List.of(service)));
    }

    /** {@code /configs/{appId}/{cluster}/{namespace}?releaseKey=...}. */
    private void config(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        Optional<Release> release = path.length < 5 ? Optional.empty() : releases.latest(path[4]);
        if (release.isEmpty()) {
            answer(exchange, NOT_FOUND, "");
        } else if (release.get().key().equals(parameters(exchange).get("releaseKey"))) {
            answer(exchange, NOT_MODIFIED, "");
        } else {
            ApolloConfig config =
                    new ApolloConfig(path[2], path[3], path[4], release.get().key());
            config.setConfigurations(release.get().values());
            answer(exchange, OK, gson.toJson(config));
        }
    }

    /** {@code /notifications/v2?notifications=[...]}: held until one of the namespaces has a newer release. */
    private void notifications(HttpExchange exchange) throws IOException {
        ApolloConfigNotification[] known = gson.fromJson(
                parameters(exchange).getOrDefault("notifications", "[]"), ApolloConfigNotification[].class);
        try {
            releases.await(() -> away || !newer(known).isEmpty(), holdMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<ApolloConfigNotification> newer = newer(known);
        answer(exchange, newer.isEmpty() ? NOT_MODIFIED : OK, gson.toJson(newer));
    }

    private List<ApolloConfigNotification> newer(ApolloConfigNotification[] known) {
        return Arrays.stream(known)
                .filter(notification -> id(notification) > notification.getNotificationId())
                .map(notification -> new ApolloConfigNotification(notification.getNamespaceName(), id(notification)))
                .toList();
    }

    private long id(ApolloConfigNotification notification) {
        return releases.latest(notification.getNamespaceName()).map(Release::id).orElse(-1L);
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
            } else if (status == OK) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json;charset=UTF-8");
                exchange.sendResponseHeaders(OK, bytes.length);
                exchange.getResponseBody().write(bytes);
            } else {
                exchange.sendResponseHeaders(status, -1);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
