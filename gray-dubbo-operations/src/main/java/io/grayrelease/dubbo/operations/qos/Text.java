package io.grayrelease.dubbo.operations.qos;

import java.time.Duration;
import java.util.regex.Pattern;

/** Lines for a person at a telnet. Not thread-safe. */
final class Text {
    private static final int NAME_WIDTH = 12;

    /** What a policy or a caller says must not look like a line of ours. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private final StringBuilder lines = new StringBuilder();

    void field(String name, String value) {
        StringBuilder padded = new StringBuilder(name);
        while (padded.length() < NAME_WIDTH) {
            padded.append(' ');
        }
        line(padded + value);
    }

    void line(String line) {
        lines.append(CONTROL.matcher(line).replaceAll(" ")).append('\n');
    }

    /** As {@code 3 min} or {@code 2 h}. */
    static String words(Duration age) {
        if (age.toMinutes() < 1) {
            return age.toMillis() / 1_000 + " s";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 1 ? age.toHours() + " h" : age.toDays() + " d";
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
