package io.grayrelease.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The folder of an Nginx and its agent: the configuration of the one, the settings of the other, and all that they write. Immutable.
 */
final class EdgeFiles {
    /** The path of a Unix socket has at most 107 bytes, and in a configuration some characters mean something. */
    private static final String PLAIN = "[A-Za-z0-9._/-]{1,80}";

    private final Path folder;

    private EdgeFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Those in a folder, written or not.
     *
     * @throws DemoException if sockets cannot lie there
     */
    static EdgeFiles in(Path folder) {
        if (!folder.toString().matches(PLAIN)) {
            throw new DemoException(
                    "nginx cannot have its sockets in " + folder + ": expected at most 80 characters of A-Z a-z 0-9"
                            + " . _ - /; set the folder for temporary files, as in JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=/tmp",
                    null);
        }
        return new EdgeFiles(folder);
    }

    Path configuration() {
        return folder.resolve("nginx.conf");
    }

    Path settings() {
        return folder.resolve("agent.properties");
    }

    /** What Nginx says while it starts. */
    Path output() {
        return folder.resolve("nginx.out");
    }

    /** What the agent writes last of all before an Nginx can start. */
    Path included() {
        return folder.resolve("state/current/gray-proxy.conf");
    }

    Path status() {
        return folder.resolve("state/status.json");
    }

    /** What Nginx said last of why it cannot go on. */
    String lastEmergency() {
        return last(output(), line -> line.contains("[emerg]"));
    }

    /** The last line of a log that says something. */
    static String lastLine(Path log) {
        return last(log, line -> !line.isBlank());
    }

    private static String last(Path log, Predicate<String> which) {
        try {
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                    .filter(which)
                    .reduce("see " + log, (before, line) -> line);
        } catch (IOException e) {
            return "no log, " + e;
        }
    }

    /** Writes both; requests go from a port of this machine to the entry at another one. */
    EdgeFiles write(InstalledNginx nginx, Servers servers, int port, int entry) {
        try {
            Files.createDirectories(folder.resolve("run")); // where Nginx is to have its sockets
            Files.writeString(configuration(), configuration(nginx, port));
            Files.writeString(settings(), settings(nginx, servers, entry));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration(InstalledNginx nginx, int port) {
        // As root, Nginx gives its workers to a user who may not look into a temporary folder.
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        String modules = nginx.modules().stream()
                .map(module -> "load_module " + module + ";\n")
                .collect(Collectors.joining());
        return user
                + modules
                + """
                daemon off;
                worker_processes 2;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log notice;
                events { worker_connections 512; }

                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;

                    # The agent's: who is gray, and where requests go.
                    include %1$s/state/current/gray-http.conf;

                    # For the page. A request that nginx could not decide is decided behind it.
                    map $gray_tag $decided_by {
                        default "nginx, revision $gray_revision";
                        "" "";
                    }

                    server {
                        listen 127.0.0.1:%2$d;
                        location / {
                            include %1$s/state/current/gray-proxy.conf;
                            proxy_set_header X-Decided-By $decided_by;
                            add_header X-Gray-Rev $gray_revision always;
                            proxy_pass http://$gray_upstream_web;
                        }
                    }
                }
                """
                        .formatted(folder, port);
    }

    private String settings(InstalledNginx nginx, Servers servers, int entry) {
        return """
                source               = apollo
                namespace            = %1$s
                app.id               = %2$s
                apollo.meta          = %3$s
                apollo.longPollingInitialDelayInMills = 0
                zookeeper            = %4$s

                driver               = %5$s
                state-dir            = %6$s/state
                run-dir              = %6$s/run
                nginx.binary         = %7$s
                nginx.conf           = %8$s
                nginx.prefix         = %6$s
                # For impatient people.
                reload.min-interval  = 500ms

                uid-sources          = header:x-uid, cookie:uid, param:uid
                upstream.web.servers = 127.0.0.1:%9$d
                """
                .formatted(
                        servers.namespace(),
                        servers.appId(),
                        servers.apollo(),
                        servers.zooKeeper(),
                        nginx.driver(),
                        folder,
                        nginx.binary(),
                        configuration(),
                        entry);
    }
}
