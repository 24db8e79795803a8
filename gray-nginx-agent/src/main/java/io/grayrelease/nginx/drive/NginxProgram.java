package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The program nginx, and how it was started. Immutable.
 *
 * @param binary name or path of the program
 * @param configuration the main configuration file of the Nginx that runs
 * @param prefix what it was started with as {@code -p}; null: nothing
 * @param reloadCommand the command that makes it read its configuration again; empty: {@code nginx -s reload}
 */
public record NginxProgram(String binary, Path configuration, @Nullable Path prefix, List<String> reloadCommand) {
    /** The first version that knows {@code keepalive_min_timeout}, by which a reload loses no request. */
    public static final Version KEEPS_CONNECTIONS = new Version(1, 27, 4);

    private static final Pattern VERSION = Pattern.compile("nginx/([0-9]+)\\.([0-9]+)\\.([0-9]+)");
    private static final long PATIENCE_SECONDS = 30;

    public NginxProgram {
        reloadCommand = List.copyOf(reloadCommand);
    }

    /** What a run of the program said, on both of its outputs. */
    public record Outcome(int code, String output) {
        public boolean isFine() {
            return code == 0;
        }
    }

    /** A version, comparable. */
    public record Version(int major, int minor, int patch) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            return number() < other.number() ? -1 : number() > other.number() ? 1 : 0;
        }

        private long number() {
            return (major * 10_000L + minor) * 10_000L + patch;
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    /**
     * Asks the program.
     *
     * @throws DriveException if it cannot be run, or is no nginx
     */
    public Version version() throws DriveException {
        Outcome outcome = run(List.of(binary, "-v"));
        Matcher matcher = VERSION.matcher(outcome.output());
        if (!outcome.isFine() || !matcher.find()) {
            throw new DriveException(binary + " -v: expected nginx/<version>, found " + outcome.output());
        }
        return new Version(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /** Tests a configuration; that it passes does not mean that it can be loaded, for ports are not tried. */
    public Outcome test(Path configuration) throws DriveException {
        return run(with("-t", "-c", configuration.toString()));
    }

    /** Asks the running Nginx to load its configuration again; that this is fine does not mean that it did. */
    public Outcome reload() throws DriveException {
        return run(reloadCommand.isEmpty() ? with("-s", "reload", "-c", configuration.toString()) : reloadCommand);
    }

    private List<String> with(String... arguments) {
        List<String> command = new ArrayList<>(List.of(binary));
        if (prefix != null) {
            command.addAll(List.of("-p", prefix.toString()));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    private static Outcome run(List<String> command) throws DriveException {
        try {
            Path output = Files.createTempFile("gray-nginx", ".out"); // a pipe that nobody reads would fill up
            try {
                return run(command, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DriveException("cannot run " + String.join(" ", command) + ": " + e.getMessage(), e);
        }
    }

    private static Outcome run(List<String> command, Path output) throws IOException, DriveException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new DriveException(
                        String.join(" ", command) + ": not done within " + PATIENCE_SECONDS + " s, stopped");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new DriveException(String.join(" ", command) + ": interrupted", e);
        }
        return new Outcome(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8).trim());
    }
}
