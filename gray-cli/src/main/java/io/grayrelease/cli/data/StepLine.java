package io.grayrelease.cli.data;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import picocli.CommandLine;

/** What a wait is for, in one line: drawn in place on a terminal, elsewhere written where it changes. */
final class StepLine implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintWriter err;
    private final boolean terminal;
    private String shown = "";

    StepLine(CommandLine line) {
        this.err = line.getErr();
        this.terminal = line.getColorScheme().ansi().enabled();
    }

    void show(String text) {
        if (text.equals(shown)) {
            return;
        }
        shown = text;
        if (terminal) {
            err.print(CLEAR_LINE + text);
        } else {
            err.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + "  " + text);
        }
        err.flush();
    }

    @Override
    public void close() {
        if (terminal && !shown.isEmpty()) {
            err.print(CLEAR_LINE);
            err.flush();
        }
    }
}
