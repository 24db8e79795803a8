package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.grayrelease.demo.servers.FreePorts;
import io.grayrelease.nginx.agent.AgentSettings.Driver;

/**
 * What a front is to be. Immutable.
 *
 * @param driver null: plain {@code proxy_pass}
 * @param folder of its own
 */
record FrontPlan(NginxBinary binary, @Nullable Driver driver, Path folder, int port, Backend backend) {
    private static final String PLAIN =
            """
            upstream web { zone web 64k; server %s; keepalive 64; }
            server {
              listen 127.0.0.1:%d;
              location / {
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header Host $host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_pass http://web;
              }
            }
            """;
    private static final String DRIVEN =
            """
            include %1$s/current/gray-http.conf;
            server {
              listen 127.0.0.1:%2$d;
              location / {
                include %1$s/current/gray-proxy.conf;
                proxy_pass http://$gray_upstream_web;
              }
            }
            """;

    static FrontPlan of(NginxBinary binary, @Nullable Driver driver, Path folder, Backend backend) throws IOException {
        return new FrontPlan(binary, driver, folder, FreePorts.next(), backend);
    }

    /** For people. */
    String name() {
        return driver == null ? "plain `proxy_pass`" : driver == Driver.NATIVE ? "native driver" : "Lua driver";
    }

    Path stateFolder() {
        return folder.resolve("state");
    }

    Path runFolder() {
        return folder.resolve("run");
    }

    /** What stands outside of http. */
    String main() throws IOException {
        if (driver != Driver.LUA) {
            return "";
        }
        Path modules = binary.modules();
        return "load_module " + modules + "/ndk_http_module.so;\nload_module " + modules + "/ngx_http_lua_module.so;\n";
    }

    String http() {
        return driver == null ? PLAIN.formatted(backend.baseline(), port) : DRIVEN.formatted(stateFolder(), port);
    }

    /** Settings of the agent. */
    String settings(String... more) {
        return String.join(
                "\n",
                "state-dir = " + stateFolder(),
                "run-dir = " + runFolder(),
                "driver = " + (driver == Driver.LUA ? "lua" : "native"),
                "nginx.binary = " + binary.path(),
                "nginx.conf = " + folder.resolve("nginx.conf"),
                "nginx.prefix = " + folder,
                "upstream.web.application = " + EdgePolicy.APPLICATION,
                "upstream.web.servers = " + backend.baseline() + "@1.0.0, " + backend.gray() + "@"
                        + EdgePolicy.GRAY_VERSION,
                String.join("\n", more));
    }
}
