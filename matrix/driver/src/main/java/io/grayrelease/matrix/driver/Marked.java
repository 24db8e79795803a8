package io.grayrelease.matrix.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a document that a program writes, between two marks. */
final class Marked {
    private static final String END = "<!-- end -->";

    private Marked() {}

    /**
     * Replaces what is written by a program.
     *
     * @throws IllegalArgumentException if the file has not both marks
     */
    static void replace(Path file, String program, String content) throws IOException {
        String mark = "<!-- written by " + program + " -->";
        String text = Files.readString(file);
        int begin = text.indexOf(mark);
        int end = text.indexOf(END, begin);
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException(file + ": expected the marks " + mark + " and " + END);
        }
        Files.writeString(
                file, text.substring(0, begin + mark.length()) + "\n\n" + content + "\n" + text.substring(end));
    }
}
