package io.grayrelease.cli.data;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine;

/** How far a job of all processes is: a bar that is drawn in place on a terminal, elsewhere a line now and then. */
final class JobBar implements AutoCloseable {
    private static final int WIDTH = 110;
    private static final int UPDATE_MILLIS = 200;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final PrintWriter err;
    private final @Nullable ProgressBar bar;
    private long toldNanos = System.nanoTime();
    private String problem = "";

    private JobBar(PrintWriter err, @Nullable ProgressBar bar) {
        this.err = err;
        this.bar = bar;
    }

    static JobBar of(CommandLine line, String task) {
        PrintWriter err = line.getErr();
        return new JobBar(err, line.getColorScheme().ansi().enabled() ? bar(err, task) : null);
    }

    private static ProgressBar bar(PrintWriter terminal, String task) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(1)
                .setUnit(" rows", 1)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .hideEta() // its own is of this process
                .setConsumer(new DelegatingProgressBarConsumer(text -> draw(terminal, text), WIDTH))
                .build();
    }

    private static void draw(PrintWriter terminal, String text) {
        terminal.print("\r" + text);
        terminal.flush();
    }

    void show(long rows, long total, double rowsPerSecond, @Nullable Duration left) {
        String pace = Words.pace(rowsPerSecond, left);
        if (bar != null) {
            bar.maxHint(Math.max(1, total));
            bar.stepTo(rows);
            bar.setExtraMessage(pace.isEmpty() ? "" : pace.substring(2));
        } else if (System.nanoTime() - toldNanos >= LINE_NANOS) {
            toldNanos = System.nanoTime();
            tell(Words.of(rows) + " of about " + Words.of(total) + " rows" + pace);
        }
    }

    /** Tells what is wrong, once as long as it is the same. */
    void problem(String why) {
        if (!why.equals(problem)) {
            problem = why;
            tell(why + "; waiting for it");
        }
    }

    private void tell(String text) {
        err.println((bar == null ? "" : System.lineSeparator()) + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "  "
                + text);
        err.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            err.println();
            err.flush();
        }
    }
}
