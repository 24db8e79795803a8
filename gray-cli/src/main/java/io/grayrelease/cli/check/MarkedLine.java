package io.grayrelease.cli.check;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.text.Spot;
import io.grayrelease.policy.model.Problem;

/** The line of a problem with a mark under what was found; of a long line, what is around it. */
final class MarkedLine {
    private static final int WIDTH = 100;
    private static final int BEFORE = 40;
    private static final String CUT = "...";

    private final String margin;
    private final String shown;
    private final String mark;

    MarkedLine(Spot spot, Problem problem) {
        String line = spot.line();
        int at = spot.column() - 1;
        int start = line.length() <= WIDTH ? 0 : startAtCharacter(line, Math.max(0, at - BEFORE));
        int end = Math.min(line.length(), start + WIDTH);
        this.margin = spot.number() == 0 ? "" : String.valueOf(spot.number());
        String before = (start > 0 ? CUT : "") + line.substring(start, at);
        this.shown = before + line.substring(at, end) + (end < line.length() ? CUT : "");
        int length = Math.max(1, Math.min(found(line, at, problem), end - at));
        this.mark = blanks(before) + "^"
                + "~".repeat(Math.max(0, cells(line.substring(at, Math.min(end, at + length))) - 1));
    }

    /** Not the second half of a character outside the basic plane. */
    private static int startAtCharacter(String line, int index) {
        return Character.isLowSurrogate(line.charAt(index)) ? index + 1 : index;
    }

    /** How many characters were found, if the line has them there as the problem quotes them; else one. */
    private static int found(String line, int at, Problem problem) {
        String found = problem.column() == 0 ? '"' + problem.key() + '"' : problem.found();
        boolean quoted = found.length() > 2 && found.startsWith("\"") && found.endsWith("\"");
        String word = quoted ? found.substring(1, found.length() - 1) : found;
        return line.startsWith(word, at) ? word.length() : 1;
    }

    void print(Console console) {
        String blank = " ".repeat(margin.length());
        console.line(console.faint("  " + margin + " | ") + shown);
        console.line(console.faint("  " + blank + " | ") + console.red(mark));
    }

    private static String blanks(String text) {
        StringBuilder blanks = new StringBuilder();
        text.codePoints().forEach(c -> blanks.append(c == '\t' ? "\t" : " ".repeat(cells(c))));
        return blanks.toString();
    }

    private static int cells(String text) {
        return text.codePoints().map(MarkedLine::cells).sum();
    }

    /** Chinese, Japanese and Korean characters and full-width punctuation take two cells of a terminal. */
    private static int cells(int c) {
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
