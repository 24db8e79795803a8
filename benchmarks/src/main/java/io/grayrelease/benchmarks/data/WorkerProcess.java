package io.grayrelease.benchmarks.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A process of a service or of a copy, which can be killed with -9 and started again. */
final class WorkerProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 600;
    private static final long LOOK_MILLIS = 20;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final List<String> command;
    private final Path log;
    private Process process;

    private WorkerProcess(List<String> command, Path log) throws IOException {
        this.command = command;
        this.log = log;
        this.process = begin();
    }

    /** @param log for what it prints as errors */
    static WorkerProcess start(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // a process that is killed every few seconds
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName()));
        command.addAll(arguments);
        return new WorkerProcess(command, log);
    }

    private Process begin() throws IOException {
        List<String> own = new ArrayList<>(command);
        own.add("--number=" + NUMBERS.incrementAndGet());
        Process started = new ProcessBuilder(own)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "worker-shutdown"));
        Thread reader = new Thread(() -> read(started), "worker-output");
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    private void read(Process started) {
        try (BufferedReader output = started.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            // A process that was killed says nothing more.
            return;
        }
    }

    /** @throws IllegalStateException if it has ended by itself */
    boolean hasSaid(String line) {
        if (!process.isAlive()) {
            throw new IllegalStateException(name() + " has ended by itself; see " + log);
        }
        return said.contains(line);
    }

    private String name() {
        return log.getFileName().toString();
    }

    /** Waits until it has said so. */
    void awaitSaid(String line) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!hasSaid(line)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        name() + ": not " + line + " after " + PATIENCE_SECONDS + " s; see " + log);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Lets one go that is held. */
    void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** As kill -9; then begins it again. */
    void killAndRestart() throws IOException {
        process.destroyForcibly().onExit().join();
        process = begin();
    }

    /** Lets it come to its end, and waits for that. */
    void finish() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(name() + " did not end well; see " + log);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
