package io.grayrelease.matrix.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.model.ApplicationModel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.GrayContext;

/** The HTTP port on which the driver tells a process what to do. */
public final class Control {
    private final HttpServer server;

    private Control(HttpServer server) {
        this.server = server;
    }

    public static Control start(Seen seen, Next next, boolean withGray) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        answer(server, "/seen", query -> String.join("\n", seen.of(query.getOrDefault("id", ""))));
        answer(server, "/left", query -> String.join("\n", AThreadProbe.left()));
        Load load = new Load(next);
        answer(server, "/drain", query -> String.join("\n", load.drain()));
        answer(server, "/load", query -> {
            load.start(Integer.parseInt(query.getOrDefault("per-second", "100")));
            return "ok";
        });
        answer(server, "/policy", query -> withGray ? Entry.policy() : "");
        answer(server, "/call", query -> Entry.call(next, Task.parse(query.getOrDefault("task", "")), query));
        server.start();
        return new Control(server);
    }

    /** Tells the driver where to ask. */
    public void sayReady() {
        System.out.println("READY " + server.getAddress().getPort());
    }

    /** The process lives as long as its driver. */
    public void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // nothing is said there
        }
    }

    private static void answer(HttpServer server, String path, Function<Map<String, String>, String> answer) {
        server.createContext(path, exchange -> {
            String text;
            int status = 200;
            try {
                text = answer.apply(query(exchange));
            } catch (RuntimeException | Error e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                text = trace.toString();
                status = 500;
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(bytes);
            }
        });
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** Where a request begins; loaded only where our jars are. */
    private static final class Entry {
        static String policy() {
            var policy = GrayApplication.of(ApplicationModel.defaultModel()).policy();
            return policy == null ? "" : policy.policy().hash();
        }

        /** A request of a user, as a job would begin it; {@code tag} is what a caller sets itself. */
        static String call(Next next, Task task, Map<String, String> query) {
            try (GrayContext.Scope scope = GrayContext.open(GrayContext.undecided(query.get("uid")))) {
                if (query.containsKey("tag")) {
                    RpcContext.getClientAttachment().setAttachment("gray-tag", query.get("tag"));
                }
                task.ways().get(0).go(next, task.rest());
            } finally {
                RpcContext.removeContext();
            }
            GrayContext left = GrayContext.current();
            return left.equals(GrayContext.NONE) ? "ok" : "left on the thread: " + left;
        }
    }
}
