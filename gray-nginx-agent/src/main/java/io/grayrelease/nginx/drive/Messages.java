package io.grayrelease.nginx.drive;

import java.util.List;

/** What Nginx says, shortened to what matters. */
final class Messages {
    private static final int LINES = 3;

    private Messages() {}

    /** The lines that are errors, on one line; all, if none is. */
    static String severe(String output) {
        List<String> severe = output.lines()
                .filter(line -> line.matches(".*\\[(?:emerg|alert|crit|error)\\].*"))
                .distinct()
                .toList();
        List<String> lines = severe.isEmpty() ? output.lines().toList() : severe;
        return String.join("; ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
