package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** wrk: one thread, 64 connections, each with the next request as soon as the last one is answered. */
final class WrkLoad implements Load {
    static final String NAME = "wrk";

    private static final String CONNECTIONS = "64";

    private final Path script;

    /** @param folder where to put the script for wrk */
    WrkLoad(Path folder) throws IOException {
        this.script = folder.resolve("requests.lua");
        try (InputStream in = WrkLoad.class.getResourceAsStream("requests.lua")) {
            if (in == null) {
                throw new IllegalStateException("not in this jar: requests.lua");
            }
            Files.write(script, in.readAllBytes());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Whole seconds, at least one: wrk knows no others. */
    @Override
    public LoadResult run(int port, Duration time) throws IOException, InterruptedException {
        String seconds = Math.max(1, time.toSeconds()) + "s";
        Process wrk = new ProcessBuilder(List.of(
                        "wrk",
                        "-t1",
                        "-c" + CONNECTIONS,
                        "-d" + seconds,
                        "--latency",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port + "/"))
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0) {
            throw new IOException("wrk failed: " + output);
        }
        return WrkOutput.parse(output);
    }
}
