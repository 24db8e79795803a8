package io.grayrelease.nginx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.grayrelease.demo.servers.FreePorts;
import io.grayrelease.nginx.drive.NginxProgram;
import io.grayrelease.nginx.drive.RunFolder;

import static org.awaitility.Awaitility.await;

/**
 * A real Nginx on this machine, with a configuration of a test: {@code conf/nginx.conf} in a folder, {@code PORT} in it replaced by a
 * free port. Tests that need one carry {@code @EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")}.
 */
public final class LiveNginx implements AutoCloseable {
    private static final List<String> PLACES = List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx");

    /** What stands in front of the configuration of an Nginx with Lua. */
    public static final String LUA_MODULES =
            """
            load_module /usr/lib/nginx/modules/ndk_http_module.so;
            load_module /usr/lib/nginx/modules/ngx_http_lua_module.so;
            """;

    private final Path folder;
    private final int port;

    private LiveNginx(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    public static boolean isInstalled() {
        return binary().isPresent();
    }

    /** Whether it can be driven by Lua: Debian's {@code libnginx-mod-http-lua} and {@code lua-cjson}. */
    public static boolean hasLua() {
        return isInstalled()
                && Files.exists(Path.of("/usr/lib/nginx/modules/ngx_http_lua_module.so"))
                && Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                        .anyMatch(kind -> Files.exists(Path.of("/usr/lib/" + kind + "/lua/5.1/cjson.so")));
    }

    private static Optional<Path> binary() {
        return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** A folder prepared for an Nginx that is not started yet; the folder's path must be short, for sockets lie in it. */
    public static LiveNginx in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("logs"));
        return new LiveNginx(folder, FreePorts.next());
    }

    public int port() {
        return port;
    }

    public Path folder() {
        return folder;
    }

    public NginxProgram program() {
        return new NginxProgram(
                binary().orElseThrow().toString(), folder.resolve("conf/nginx.conf"), folder, List.of());
    }

    /**
     * Writes the main configuration. Paths of temporary files and the pid file are set, so that it runs as anybody.
     *
     * @param main directives outside http, such as {@code load_module}
     * @param http what stands in the http block
     */
    public LiveNginx configure(String main, String http) throws IOException {
        String text = (isRoot() ? "user root;\n" : "") // else workers could not reach sockets in a private folder
                + main
                + """

                pid %1$s/nginx.pid;
                error_log %1$s/logs/error.log info;
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                  %2$s
                }
                """
                        .formatted(folder, http.replace("PORT", Integer.toString(port)));
        Files.writeString(folder.resolve("conf/nginx.conf"), text);
        return this;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Starts it and waits until it takes connections. */
    public LiveNginx start() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        program().binary(),
                        "-p",
                        folder.toString(),
                        "-c",
                        program().configuration().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("logs/start.log").toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("nginx did not start: " + Files.readString(folder.resolve("logs/start.log")));
        }
        await().atMost(Duration.ofSeconds(10)).until(this::answers);
        return this;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** What it answers, head and body, on a connection of its own; all texts in ISO-8859-1. */
    public String get(String target, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of("GET " + target + " HTTP/1.1", "Host: a", "Connection: close"));
        lines.addAll(List.of(headers));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** What stands behind the head of an answer. */
    public static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    public String errors() throws IOException {
        return Files.readString(folder.resolve("logs/error.log"));
    }

    /** The master, if it runs. */
    public Optional<ProcessHandle> master() throws IOException {
        Path pid = folder.resolve("nginx.pid");
        if (!Files.exists(pid) || Files.readString(pid).isBlank()) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).filter(ProcessHandle::isAlive);
    }

    /** Kills master and workers with -9. */
    public void kill() throws IOException {
        Optional<ProcessHandle> master = master();
        List<ProcessHandle> all = master.map(process ->
                        Stream.concat(Stream.of(process), process.descendants()).toList())
                .orElse(List.of());
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofSeconds(10)).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** What a killed one leaves behind in its run folder, and whoever starts another removes. */
    public void removeSockets(Path run) throws IOException {
        for (String socket : List.of(RunFolder.REVISION, RunFolder.NONE, RunFolder.POLICY)) {
            Files.deleteIfExists(run.resolve(socket));
        }
    }

    @Override
    public void close() throws IOException {
        kill();
    }
}
