package io.grayrelease.cli;

import java.io.PrintWriter;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Where people read; it paints only if it is a terminal that can. */
public final class Console {
    private final PrintWriter out;
    private final Ansi ansi;

    public Console(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    public void line(String text) {
        out.println(text);
    }

    public String bold(String text) {
        return paint(Style.bold, text);
    }

    public String faint(String text) {
        return paint(Style.faint, text);
    }

    public String red(String text) {
        return paint(Style.fg_red, text);
    }

    public String green(String text) {
        return paint(Style.fg_green, text);
    }

    public String yellow(String text) {
        return paint(Style.fg_yellow, text);
    }

    /** By hand, for in picocli's markup a policy's text would be markup too. */
    private String paint(Style style, String text) {
        return ansi.enabled() ? style.on() + text + style.off() : text;
    }
}
