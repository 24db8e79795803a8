package io.grayrelease.nginx.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.grayrelease.gateway.ValueSource;
import io.grayrelease.nginx.LiveNginx;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyParser;

/** A live Nginx with a rendered configuration, which answers with the variables that it has for a request. */
final class RenderedNginx implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");
    static final HttpSources SOURCES =
            new HttpSources(sources("header:x-uid", "cookie:uid", "param:uid"), sources("header:x-token"), List.of());

    private static final String LINE = "::::";

    private final LiveNginx nginx;

    private RenderedNginx(LiveNginx nginx) {
        this.nginx = nginx;
    }

    static List<ValueSource> sources(String... texts) {
        return List.of(texts).stream().map(ValueSource::parse).toList();
    }

    /** A policy of rules; each tag that is given needs no route of its own here. */
    static GrayPolicy policy(Map<String, String> keys) {
        ParseResult result = PolicyParser.parse(Snapshot.of(keys));
        if (result.policy() == null) {
            throw new IllegalArgumentException(result.errors().toString());
        }
        return result.policy();
    }

    static RenderedNginx start(Path folder, GrayPolicy policy, ServiceUpstream... upstreams) throws Exception {
        return start(folder, new EdgeModel(policy, SOURCES, List.of(upstreams)));
    }

    static RenderedNginx start(Path folder, EdgeModel model) throws Exception {
        RenderedNginx rendered = new RenderedNginx(prepare(folder, model));
        try {
            rendered.nginx.start();
        } catch (IOException e) {
            rendered.close();
            throw e;
        }
        return rendered;
    }

    static LiveNginx prepare(Path folder, EdgeModel model) throws IOException {
        RenderSettings settings = new RenderSettings(folder, Map.of("web", 8, "api", 8), null);
        NativeConfiguration configuration = NativeRenderer.render(model, settings, NOW);
        Files.writeString(folder.resolve("gray-http.conf"), configuration.http(7));
        Files.writeString(folder.resolve("gray-proxy.conf"), configuration.proxy());
        StringBuilder said = new StringBuilder("$gray_tag" + LINE + "$gray_uid" + LINE + "$gray_baggage");
        StringBuilder locations = new StringBuilder();
        for (ServiceUpstream upstream : model.upstreams()) {
            said.append(LINE).append("$gray_upstream_").append(upstream.name());
            locations.append(
                    "location /pass/%1$s { include %2$s/gray-proxy.conf; proxy_pass http://$gray_upstream_%1$s; }%n"
                            .formatted(upstream.name(), folder));
        }
        return LiveNginx.in(folder)
                .configure(
                        "",
                        """
                        include %s/gray-http.conf;
                        server {
                          listen 127.0.0.1:PORT;
                          location / { return 200 "%s"; }
                          location = /baggage { return 200 "$gray_baggage"; }
                          %s
                        }
                        """
                                .formatted(folder, said, locations));
    }

    /** What the variables are: tags, uid, baggage, then upstreams. */
    record Said(List<String> values) {
        String tag() {
            return values.get(0);
        }

        String uid() {
            return values.get(1);
        }

        String baggage() {
            return values.get(2);
        }

        String upstream() {
            return values.get(3);
        }
    }

    /** Asks with headers, {@code x-uid: 1}, in ISO-8859-1. */
    Said ask(String... headers) throws IOException {
        return askFor("/", headers);
    }

    Said askFor(String target, String... headers) throws IOException {
        return new Said(List.of(get(target, headers).split(LINE, -1)));
    }

    /** The body of an answer. */
    String get(String target, String... headers) throws IOException {
        String answer = answer(target, headers);
        if (!answer.startsWith("HTTP/1.1 200")) {
            throw new IOException("found " + answer.lines().findFirst().orElse("nothing"));
        }
        return LiveNginx.body(answer);
    }

    /** See {@link LiveNginx#get}. */
    String answer(String target, String... headers) throws IOException {
        return nginx.get(target, headers);
    }

    /** Bytes of UTF-8 as a header line is sent. */
    static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    LiveNginx nginx() {
        return nginx;
    }

    @Override
    public void close() throws IOException {
        nginx.close();
        nginx.removeSockets(nginx.folder());
    }
}
