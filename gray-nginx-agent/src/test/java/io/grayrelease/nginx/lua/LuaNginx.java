package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.nginx.LiveNginx;
import io.grayrelease.nginx.drive.RunFolder;
import io.grayrelease.nginx.drive.UnixHttp;
import io.grayrelease.nginx.files.DurableFiles;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyParser;

/** A real Nginx with Lua and the static files, without a driver: {@code /decision} tells what was decided, {@code /} is proxied. */
final class LuaNginx implements AutoCloseable {
    static final HttpSources SOURCES = new HttpSources(
            EntrySettings.sources(List.of("header:x-uid", "cookie:uid", "param:uid")),
            EntrySettings.sources(List.of("header:x-gray-token")),
            List.of());
    static final String MODULES = LiveNginx.LUA_MODULES + "worker_processes 2;\n";

    final LiveNginx nginx;
    final UnixHttp socket;
    final Path files;
    private final AtomicLong revisions = new AtomicLong();

    private LuaNginx(LiveNginx nginx, UnixHttp socket, Path files) {
        this.nginx = nginx;
        this.socket = socket;
        this.files = files;
    }

    static LuaSettings settings(Path folder, List<String> trustedProxies) {
        return new LuaSettings(
                folder.resolve("run"), Map.of("web", 8), trustedProxies, LuaSettings.DEFAULT_DICTIONARY_SIZE, null);
    }

    static LuaNginx start(Path folder, String... trustedProxies) throws Exception {
        LuaSettings settings = settings(folder, List.of(trustedProxies));
        Path files = folder.resolve("state/current");
        write(files, settings);
        LiveNginx nginx = LiveNginx.in(folder).configure(MODULES, http(files));
        nginx.start();
        return new LuaNginx(nginx, new UnixHttp(settings.socket(RunFolder.POLICY), Duration.ofSeconds(10)), files);
    }

    private static void write(Path files, LuaSettings settings) throws IOException {
        for (Map.Entry<String, String> file :
                LuaInstallation.files(files, settings, 1).entrySet()) {
            DurableFiles.write(files.resolve(file.getKey()), file.getValue());
        }
        RunFolder.create(settings.runDir());
    }

    /** What Nginx starts with. */
    Path lastGood() {
        return files.resolveSibling("policy.json");
    }

    static String http(Path files) {
        return """
                include %1$s/gray-http.conf;
                server {
                  listen 127.0.0.1:PORT;
                  location / { include %1$s/gray-proxy.conf; proxy_pass http://$gray_upstream_web; }
                  location = /decision {
                    include %1$s/gray-proxy.conf;
                    default_type text/plain;
                    return 200 "$gray_tag|$gray_uid|$gray_baggage|$gray_upstream_web|$gray_revision";
                  }
                  location = /plain { default_type text/plain; return 200 "plain$gray_tag$gray_uid$gray_baggage$gray_revision"; }
                }
                """
                .formatted(files);
    }

    static GrayPolicy policy(String... keysAndValues) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        ParseResult result = PolicyParser.parse(Snapshot.of(all));
        if (result.policy() == null) {
            throw new IllegalArgumentException(result.errors().toString());
        }
        return result.policy();
    }

    /** One rule, which gives the tag T. */
    static EdgeModel rule(String condition) {
        return model(policy("gray.rule.1-r", condition + " => T", "gray.route.T", "app:2"));
    }

    static EdgeModel model(GrayPolicy policy) {
        return new EdgeModel(policy, SOURCES, List.of(new ServiceUpstream("web", List.of("127.0.0.1:1"), Map.of())));
    }

    /** Puts a model into force; the revision. */
    long push(EdgeModel model) throws IOException {
        long revision = revisions.incrementAndGet();
        UnixHttp.Response response = socket.put("/policy", LuaPolicy.json(model, revision));
        if (response.status() != 200) {
            throw new IOException(response.toString());
        }
        return revision;
    }

    /** The tag that a request with these lines in its head gets. */
    String tag(String target, String... headers) throws IOException {
        return decision(target, headers)[0];
    }

    /** Tag, uid, baggage, upstream and revision of a request. */
    String[] decision(String query, String... headers) throws IOException {
        return LiveNginx.body(get("/decision" + query, headers)).split("\\|", -1);
    }

    /** See {@link LiveNginx#get}. */
    String get(String target, String... headers) throws IOException {
        return nginx.get(target, headers);
    }

    @Override
    public void close() throws IOException {
        nginx.close();
    }
}
