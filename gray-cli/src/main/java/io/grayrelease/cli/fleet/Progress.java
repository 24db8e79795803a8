package io.grayrelease.cli.fleet;

import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How many processes have a policy, while one waits; drawn in place on a terminal, nowhere else. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 80;
    private static final int UPDATE_MILLIS = 200;

    private final PrintWriter terminal;
    private final @Nullable ProgressBar bar;

    private Progress(PrintWriter terminal, @Nullable ProgressBar bar) {
        this.terminal = terminal;
        this.bar = bar;
    }

    static Progress of(PrintWriter terminal, boolean shown) {
        return new Progress(terminal, shown ? bar(terminal) : null);
    }

    private static ProgressBar bar(PrintWriter terminal) {
        return new ProgressBarBuilder()
                .setTaskName("processes")
                .setInitialMax(1)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .hideEta()
                .setConsumer(new DelegatingProgressBarConsumer(text -> draw(terminal, text), WIDTH))
                .build();
    }

    private static void draw(PrintWriter terminal, String text) {
        terminal.print("\r" + text);
        terminal.flush();
    }

    void show(Arrival arrival) {
        if (bar != null && arrival.processes() > 0) {
            bar.maxHint(arrival.processes());
            bar.stepTo(arrival.arrived().size());
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            terminal.println();
            terminal.flush();
        }
    }
}
