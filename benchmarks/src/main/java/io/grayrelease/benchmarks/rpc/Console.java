package io.grayrelease.benchmarks.rpc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** How a process talks with the {@link Child} that its driver holds: in lines. Dubbo prints others, so ours are marked. */
final class Console {
    static final String MARK = "> ";
    static final String READY = "ready";

    private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    void say(String line) {
        System.out.println(MARK + line);
    }

    /** What the driver asks next; null when it has gone. */
    @Nullable
    String next() throws IOException {
        return input.readLine();
    }

    /** Waits until the driver has gone, and ends the process: Dubbo's threads would live on. */
    void awaitEnd() throws IOException {
        while (next() != null) {
            // nothing is asked
        }
        Runtime.getRuntime().halt(0);
    }
}
