package io.grayrelease.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

import io.grayrelease.cli.text.UnreadableException;

import picocli.CommandLine;

/** Shows a report again and again: on a terminal in place, elsewhere only what changed. Its source may go and come back. */
public final class Watch {
    /** A report that can be said in a line. */
    public interface Watched extends Report {
        /** The same as long as nothing worth a line has changed. */
        String line();
    }

    /** Where the next report comes from. */
    public interface Source {
        Watched read() throws UnreadableException;
    }

    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final PrintWriter out;
    private final PrintWriter err;
    private final Console console;
    private final boolean terminal;
    private final Output output;
    private final Duration interval;
    private String shown = "";

    public Watch(CommandLine line, Output output, Duration interval) {
        this.out = line.getOut();
        this.err = line.getErr();
        this.console = new Console(out, line.getColorScheme().ansi());
        this.terminal = line.getColorScheme().ansi().enabled() && !output.isJson();
        this.output = output;
        this.interval = interval;
    }

    /** Until the thread is interrupted; the exit code of what was last seen. */
    public int run(Source source, Watched first) {
        Watched report = first;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                show(report);
                TimeUnit.MILLISECONDS.sleep(interval.toMillis());
                report = next(source, report);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return report.exitCode();
    }

    private void show(Watched report) {
        if (terminal) {
            out.print(CLEAR);
            output.show(report);
        } else if (!report.line().equals(shown)) {
            shown = report.line();
            showChange(report);
        }
    }

    private void showChange(Watched report) {
        if (output.isJson()) {
            output.show(report);
        } else {
            console.line(Instant.now().truncatedTo(ChronoUnit.SECONDS) + "  " + report.line());
            out.flush();
        }
    }

    private Watched next(Source source, Watched report) {
        try {
            return source.read();
        } catch (UnreadableException e) {
            err.println("grayctl: " + e.getMessage() + "; what is shown is from before");
            err.flush();
            return report;
        }
    }
}
