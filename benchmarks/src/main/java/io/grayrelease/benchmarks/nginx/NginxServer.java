package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.grayrelease.nginx.drive.NginxProgram;

/** An Nginx of our own, in a folder of its own; it ends with this process. Not thread-safe. */
final class NginxServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    private static final long POLL_MILLIS = 20;

    private final NginxBinary binary;
    private final Path folder;
    private final Process process;

    private NginxServer(NginxBinary binary, Path folder, Process process) {
        this.binary = binary;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Writes the configuration. All that is written at run time lies in the folder, so that anybody can run it.
     *
     * @param main what stands outside of http
     */
    static void configure(NginxBinary binary, Path folder, int workers, String main, String http) throws IOException {
        Files.createDirectories(folder);
        StringBuilder temporary = new StringBuilder();
        for (String module : List.of("fastcgi", "uwsgi", "scgi")) {
            if (binary.has(module)) {
                temporary.append(module + "_temp_path " + folder + "/" + module + "; ");
            }
        }
        boolean root = System.getProperty("user.name").equals("root");
        Files.writeString(
                file(folder),
                (root ? "user root;\n" : "") // else workers could not reach sockets in a private folder
                        + main
                        + """
                        daemon off;
                        worker_processes %1$d;
                        pid %2$s/nginx.pid;
                        error_log %2$s/error.log warn;
                        events { worker_connections 4096; }
                        http {
                          access_log off;
                          client_body_temp_path %2$s/body; proxy_temp_path %2$s/proxy; %3$s
                          %4$s
                        }
                        """
                                .formatted(workers, folder, temporary, http));
    }

    private static Path file(Path folder) {
        return folder.resolve("nginx.conf");
    }

    /** The program, as it is started. */
    static NginxProgram program(NginxBinary binary, Path folder) {
        return new NginxProgram(binary.path().toString(), file(folder), folder, List.of());
    }

    /** Starts what was configured, and waits until a port takes connections. */
    static NginxServer start(NginxBinary binary, Path folder, int port) throws IOException, InterruptedException {
        NginxProgram program = program(binary, folder);
        Process process = new ProcessBuilder(
                        program.binary(),
                        "-p",
                        folder.toString(),
                        "-c",
                        program.configuration().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("start.log").toFile())
                .start();
        NginxServer server = new NginxServer(binary, folder, process);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "nginx-shutdown"));
        server.await(port);
        return server;
    }

    private void await(int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("nginx does not serve: " + Files.readString(folder.resolve("start.log")));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    NginxProgram program() {
        return program(binary, folder);
    }

    @Override
    public void close() {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Stream.concat(workers.stream(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
    }
}
