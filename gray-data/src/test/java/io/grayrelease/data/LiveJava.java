package io.grayrelease.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server in a JVM of its own, with this one's class path: a main class that prints a line when it serves. */
final class LiveJava extends LiveProcess {
    private final String main;
    private final String ready;
    private final List<String> arguments;

    /** The arguments come after the folder. */
    LiveJava(String main, String ready, String... arguments) throws IOException {
        super(System.getProperty("user.name"));
        this.main = main;
        this.ready = ready;
        this.arguments = List.of(arguments);
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + folder(),
                "-cp",
                System.getProperty("java.class.path"),
                main,
                folder().toString()));
        command.addAll(arguments);
        return command;
    }

    @Override
    boolean answers() {
        try {
            return Files.readString(log()).contains(ready);
        } catch (IOException e) {
            return false;
        }
    }
}
