package io.grayrelease.matrix.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running service of the matrix. Thread-safe. */
public final class ServiceProcess implements AutoCloseable {
    private static final String READY = "READY ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SECONDS_TO_END = 30; // Dubbo lets its callers go first
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String name;
    private final Process process;
    private final int qosPort;
    private volatile int port;

    private ServiceProcess(String name, Process process, int qosPort) {
        this.name = name;
        this.process = process;
        this.qosPort = qosPort;
    }

    /**
     * Starts a process and does not wait for it.
     *
     * @param java the Java to start it with
     * @param options of the JVM, class path and main class included
     * @param qosPort of Dubbo's QoS, as the options say it
     * @param log the file for what it prints; what it logs goes to {@code <name>.log} beside it
     */
    static ServiceProcess start(String name, Path java, List<String> options, int qosPort, Path log) {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        try {
            return new ServiceProcess(
                    name,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start(),
                    qosPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** Returns when it serves; what Dubbo prints before that is passed over. */
    ServiceProcess awaitReady() {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(READY)) {
                    port = Integer.parseInt(line.substring(READY.length()));
                    return this;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(name + " has ended before it served; see its log");
    }

    /** Asks its control port; the text of the answer. */
    String get(String path, String... query) {
        return get(port, path, query);
    }

    /** Lets Dubbo take it out of the registry, as an operator does before a stop: Dubbo cuts Triple calls in flight. */
    void takeOffline() {
        get(qosPort, "/offline");
    }

    private String get(int toPort, String path, String... query) {
        StringBuilder uri = new StringBuilder("http://127.0.0.1:" + toPort + path);
        for (int i = 0; i < query.length; i += 2) {
            uri.append(i == 0 ? '?' : '&')
                    .append(query[i])
                    .append('=')
                    .append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
        }
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(uri.toString()))
                .timeout(PATIENCE)
                .build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(name + path + ": " + response.body());
        }
        return response.body();
    }

    /** Sends it over HTTP/1.1. */
    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a crash would: without a word to the registry. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** Asks it to end, as an operator does: Dubbo's shutdown hook deregisters. */
    void stop() {
        process.destroy();
        if (!await()) {
            kill();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private boolean await() {
        try {
            return process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
