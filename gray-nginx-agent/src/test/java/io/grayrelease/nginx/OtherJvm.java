package io.grayrelease.nginx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the tests in a Java of its own, which can die or be limited. */
public final class OtherJvm {
    private OtherJvm() {}

    /** How it ended, and what it wrote. */
    public record Ended(int code, String output) {}

    /**
     * Runs it to its end.
     *
     * @param limits a command of the shell that comes first, such as {@code ulimit}; empty: none
     */
    public static Ended run(String limits, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("other-jvm", ".out");
        try {
            Process process = start(limits, program, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("not done: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** The same, to be started. */
    public static ProcessBuilder start(String limits, Class<?> program, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of("sh", "-c", limits + " exec \"$@\"", "sh", java));
        command.addAll(List.of(
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
