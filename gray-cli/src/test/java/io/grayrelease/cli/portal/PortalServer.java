package io.grayrelease.cli.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** One namespace behind the paths of the portal's OpenAPI, with its two texts; records what arrives. */
public final class PortalServer implements AutoCloseable {
    public static final String TOKEN = "a-secret-token";

    private static final Gson GSON = new Gson();
    private static final String CLUSTER = "/openapi/v1/envs/DEV/apps/order-app/clusters/default/namespaces/gray-policy";

    private final HttpServer server;
    private final SortedMap<String, String> edited = new TreeMap<>();
    private final Deque<Release> releases = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private int refuseFrom = Integer.MAX_VALUE;

    /** A release of the namespace. */
    public record Release(int id, String title, String by, SortedMap<String, String> values) {}

    private PortalServer(HttpServer server) {
        this.server = server;
    }

    public static PortalServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        PortalServer portal = new PortalServer(http);
        http.createContext("/", portal::answer);
        http.start();
        return portal;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What somebody wrote in the edit area. */
    public synchronized PortalServer edit(String key, String value) {
        edited.put(key, value);
        return this;
    }

    /** That somebody released the edit area. */
    public synchronized PortalServer release(String title) {
        releases.push(new Release(releases.size() + 1, title, "somebody", new TreeMap<>(edited)));
        return this;
    }

    /** From this many changes on, the portal says that it is broken. */
    public synchronized PortalServer breakAfter(int changes) {
        refuseFrom = changes;
        return this;
    }

    public synchronized Map<String, String> edited() {
        return new TreeMap<>(edited);
    }

    public synchronized Release latest() {
        return releases.getFirst();
    }

    /** Method, path and query of everything that changed something. */
    public synchronized List<String> changes() {
        return requests.stream().filter(request -> !request.startsWith("GET")).toList();
    }

    private synchronized void answer(HttpExchange exchange) {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!known || changes().size() > refuseFrom) {
                send(exchange, known ? 500 : 401, "{}");
            } else {
                answer(exchange, body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        String item = path.startsWith(CLUSTER + "/items/") ? path.substring((CLUSTER + "/items/").length()) : "";
        if (path.equals(CLUSTER)) {
            send(exchange, 200, GSON.toJson(Map.of("namespaceName", "gray-policy", "items", items())));
        } else if (path.equals(CLUSTER + "/releases/latest")) {
            send(exchange, 200, releases.isEmpty() ? "" : json(releases.getFirst()));
        } else if (path.equals(CLUSTER + "/releases") && method.equals("POST")) {
            JsonObject release = JsonParser.parseString(body).getAsJsonObject();
            releases.push(new Release(
                    releases.size() + 1,
                    release.get("releaseTitle").getAsString(),
                    release.get("releasedBy").getAsString(),
                    new TreeMap<>(edited)));
            send(exchange, 200, json(releases.getFirst()));
        } else if (path.matches("/openapi/v1/envs/DEV/releases/\\d+/rollback")) {
            releases.pop();
            send(exchange, 200, "");
        } else if (!item.isEmpty() && method.equals("PUT")) {
            edited.put(
                    item,
                    JsonParser.parseString(body).getAsJsonObject().get("value").getAsString());
            send(exchange, 200, "");
        } else if (!item.isEmpty() && method.equals("DELETE")) {
            edited.remove(item);
            send(exchange, 200, "");
        } else {
            send(exchange, 404, "{}");
        }
    }

    private List<Map<String, String>> items() {
        List<Map<String, String>> items = new ArrayList<>();
        items.add(Map.of("key", "", "value", "", "comment", "# a comment is an item, too"));
        edited.forEach((key, value) -> items.add(Map.of("key", key, "value", value)));
        return items;
    }

    private static String json(Release release) {
        return GSON.toJson(Map.of("id", release.id(), "name", release.title(), "configurations", release.values()));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
