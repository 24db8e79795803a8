package io.grayrelease.cli;

import java.io.PrintWriter;
import java.util.regex.Pattern;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Where people read; it paints only if it is a terminal that can. */
public final class Console {
    /** Control characters but tabs and colours: what a policy holds must not write a line of its own. */
    private static final Pattern CONTROL =
            Pattern.compile("\\e(?!\\[[0-9;]*m)|[\\p{Cntrl}&&[^\\t\\e]]|[\\u0085\\u2028\\u2029]");

    private final PrintWriter out;
    private final Ansi ansi;

    public Console(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    public void line(String text) {
        out.println(CONTROL.matcher(text).replaceAll("?"));
    }

    /** Ends as faint does: what picocli ends bold with, 21, is a double underline to many terminals. */
    public String bold(String text) {
        return ansi.enabled() ? Style.bold.on() + text + Style.faint.off() : text;
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
