package io.grayrelease.nginx.lua;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.nginx.drive.RunFolder;

/** Texts of what stands in the configuration of an Nginx with Lua. They do not depend on the policy. */
final class LuaConfiguration {
    private static final String HEAD = "# Written by gray-nginx-agent, which undoes changes.\n";

    private LuaConfiguration() {}

    /**
     * For the http block.
     *
     * @param current by which Nginx reads this and all Lua files
     * @param revision of these files
     */
    static String http(Path current, LuaSettings settings, long revision) {
        return HEAD
                + realIp(settings.trustedProxies())
                + (settings.keepaliveMinTimeout() == null
                        ? ""
                        : "keepalive_min_timeout " + settings.keepaliveMinTimeout() + ";\n")
                + variables()
                + lua(current, settings)
                + settings.upstreams().entrySet().stream()
                        .map(upstream -> upstream(upstream.getKey(), upstream.getValue()))
                        .collect(Collectors.joining())
                + servers(settings, revision);
    }

    private static String realIp(List<String> trustedProxies) {
        if (trustedProxies.isEmpty()) {
            return "";
        }
        return trustedProxies.stream()
                .map(proxy -> "set_real_ip_from " + proxy + ";\n")
                .collect(Collectors.joining("", "", "real_ip_header X-Forwarded-For;\nreal_ip_recursive on;\n"));
    }

    /** Elsewhere than in locations with our include they are empty, and logs may name them. */
    private static String variables() {
        return Stream.of("tag", "uid", "baggage", "revision")
                .map(name -> "map \"\" $gray_" + name + " { default \"\"; }\n")
                .collect(Collectors.joining());
    }

    /** The path of the files ends with a slash, as all that lead to them: where they are tested, each is replaced. */
    private static String lua(Path current, LuaSettings settings) {
        return """
                lua_shared_dict gray %s;
                init_by_lua_block {
                  package.loaded.gray = assert(loadfile("%2$s/gray.lua"))({
                    files = "%2$s/", policy = "%3$s", upstreams = { %4$s }
                  })
                }
                init_worker_by_lua_block { require("gray").start_worker() }
                """
                .formatted(
                        settings.dictionarySize(),
                        current,
                        current.resolveSibling(PolicyFile.NAME),
                        settings.upstreams().keySet().stream()
                                .map(name -> "\"" + name + "\"")
                                .collect(Collectors.joining(", ")));
    }

    private static String upstream(String name, int keepalive) {
        return """
                upstream gray_%1$s {
                  server 0.0.0.1; # never used: the next line chooses
                  balancer_by_lua_block { require("gray").balance("%1$s") }
                %2$s}
                """
                .formatted(name, keepalive > 0 ? "  keepalive " + keepalive + ";\n" : "");
    }

    private static String servers(LuaSettings settings, long revision) {
        return """
                upstream gray__none { server unix:%2$s; }
                server { listen unix:%2$s; access_log off; return 503; }
                server {
                  listen unix:%4$s;
                  access_log off;
                  location / { return 404; }
                  location = /revision { default_type text/plain; return 200 "%5$d"; }
                }
                server {
                  listen unix:%1$s;
                  access_log off;
                  client_max_body_size %3$s;
                  client_body_buffer_size %3$s;
                  location / { return 404; }
                  location = /state { content_by_lua_block { require("gray").answer_state() } }
                  location = /policy { content_by_lua_block { require("gray").answer_policy() } }
                }
                """
                .formatted(
                        settings.socket(RunFolder.POLICY),
                        settings.socket(RunFolder.NONE),
                        settings.dictionarySize(),
                        settings.socket(RunFolder.REVISION),
                        revision);
    }

    /** For a location. */
    static String proxy(LuaSettings settings, Collection<String> forgeable) {
        String upstreams = settings.upstreams().keySet().stream()
                .map(name -> "set $gray_upstream_" + name + " gray__none;\n")
                .collect(Collectors.joining());
        String stripped = forgeable.stream()
                .filter(name -> !name.equals(ForgeableNames.TAG))
                .map(name -> "proxy_set_header " + name + " \"\";\n")
                .collect(Collectors.joining());
        return HEAD
                + """
                set $gray_uid "";
                set $gray_baggage "";
                set $gray_revision 0;
                """
                + upstreams
                + """
                set_by_lua_block $gray_tag { return require("gray").decide() }
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header Host $host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header x-gray-tag $gray_tag;
                proxy_set_header X-Uid $gray_uid;
                proxy_set_header Baggage $gray_baggage;
                """
                + stripped;
    }
}
