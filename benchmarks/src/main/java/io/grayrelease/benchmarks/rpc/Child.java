package io.grayrelease.benchmarks.rpc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that the driver started and talks to. Not thread-safe. */
final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader output;
    private final PrintWriter input;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /**
     * Starts a process and does not wait for it.
     *
     * @param log for what it prints as errors
     */
    static Child start(String name, List<String> command, Path log) {
        try {
            return new Child(
                    name,
                    log,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it serves; what it said until then. */
    List<String> awaitReady() {
        List<String> said = new ArrayList<>();
        for (String line = next(); !line.equals(Console.READY); line = next()) {
            said.add(line);
        }
        return said;
    }

    /** Its answer to a line. */
    String ask(String line) {
        input.println(line);
        return next();
    }

    private String next() {
        return CompletableFuture.supplyAsync(this::read)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private String read() {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(Console.MARK)) {
                    return line.substring(Console.MARK.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException(name + " has ended; see " + log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
