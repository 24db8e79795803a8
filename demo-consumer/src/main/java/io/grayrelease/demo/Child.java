package io.grayrelease.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A process of the demo: a Java program that answers commands from its standard input, line by line up to {@code ok}.
 * It ends when its input does, so also when this process is killed. Not thread-safe.
 */
public final class Child implements AutoCloseable {
    private static final String END = "ok";
    private static final long SECONDS_TO_END = 5;
    private static final long SECONDS_TO_ANSWER = 90;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a main class in a Java as this one; what it logs and prints goes to files in a folder. */
    public static Child start(String name, Path logs, List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
        command.add("-Dlogback.configurationFile=logback-demo.xml");
        command.add("-Ddemo.log=" + logs.resolve(name + ".log"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            return new Child(
                    name,
                    new ProcessBuilder(command)
                            .redirectError(logs.resolve(name + ".err").toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a command and waits for all of its answer. */
    public List<String> ask(String command) {
        List<String> lines = new ArrayList<>();
        ask(command, lines::add);
        return lines;
    }

    /** Sends a command and hands out each line of its answer as it comes. */
    public void ask(String command, Consumer<String> lines) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new DemoException(name + " has ended", e);
        }
        read(lines);
    }

    /** Returns when it says its first {@code ok}: it has started. */
    public void awaitStart() {
        read(line -> {});
    }

    /** The rest of the next line that begins with a prefix; lines before it are passed over. */
    public String said(String prefix) {
        return limited(() -> {
            String line = line();
            while (!line.startsWith(prefix)) {
                line = line();
            }
            return line.substring(prefix.length());
        });
    }

    private void read(Consumer<String> lines) {
        limited(() -> {
            for (String line = line(); !line.equals(END); line = line()) {
                lines.accept(line);
            }
            return END;
        });
    }

    /** Reading cannot be interrupted, but it ends with the process: one that says nothing for too long is killed. */
    private String limited(Supplier<String> reading) {
        CompletableFuture<Boolean> limit =
                new CompletableFuture<Boolean>().completeOnTimeout(true, SECONDS_TO_ANSWER, TimeUnit.SECONDS);
        CompletableFuture<Void> kill = limit.thenRun(process::destroyForcibly);
        try {
            return reading.get();
        } catch (DemoException e) {
            throw kill.isDone()
                    ? new DemoException(name + " did not answer for " + SECONDS_TO_ANSWER + " seconds", e)
                    : e;
        } finally {
            limit.cancel(false);
        }
    }

    private String line() {
        try {
            String line = answers.readLine();
            if (line != null) {
                return line;
            }
        } catch (IOException e) {
            throw new DemoException(name + " has ended", e);
        }
        throw new DemoException(name + " has ended", null);
    }

    /** As a crash would: without a word to the registry. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Lets it end by itself, and does not wait for it. */
    public void end() {
        try {
            commands.close();
        } catch (IOException e) {
            process.destroy(); // its input is closed already, so it is on its way out
        }
    }

    /** Lets it end by itself if it does so soon, and kills it if not. */
    @Override
    public void close() {
        end();
        if (!await()) {
            kill();
        }
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
