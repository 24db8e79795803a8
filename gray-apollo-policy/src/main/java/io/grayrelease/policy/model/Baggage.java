package io.grayrelease.policy.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One member of the W3C header {@code baggage} (<a href="https://www.w3.org/TR/baggage/">Baggage</a>), which OpenTelemetry carries
 * from hop to hop; all other members stay as they are.
 */
public final class Baggage {
    /** The header; {@value}. */
    public static final String HEADER = "baggage";

    /** The member that holds the tags; {@value}. Their commas are percent-encoded, since a comma ends a member. */
    public static final String TAG = "gray.tag";

    private static final String COMMA = "%2C";

    /** The W3C's bound for all of it. */
    private static final int MAX_LENGTH = 8_192;

    private Baggage() {}

    /** The text of the tags in our member, or null. Its properties (after a semicolon) are not ours and left out. */
    public static @Nullable String tag(List<String> headers) {
        for (String header : headers) {
            for (String member : header.split(",", -1)) {
                if (name(member).equals(TAG)) {
                    String value = member.substring(member.indexOf('=') + 1);
                    int properties = value.indexOf(';');
                    String written = properties < 0 ? value : value.substring(0, properties);
                    return written.trim().replace(COMMA, ",").replace("%2c", ",");
                }
            }
        }
        return null;
    }

    /** Whether there is a member that somebody may take for ours, if not we ourselves. */
    public static boolean hasTag(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .anyMatch(member -> isTag(name(member)));
    }

    /** All members that nobody takes for ours, in one header; null if there are none. */
    public static @Nullable String without(List<String> headers) {
        List<String> members = new ArrayList<>();
        for (String header : headers) {
            for (String member : header.split(",", -1)) {
                if (!isTag(name(member)) && !member.trim().isEmpty()) {
                    members.add(member.trim());
                }
            }
        }
        return members.isEmpty() ? null : String.join(",", members);
    }

    /** All other members and ours; without ours where it would be longer than it may be. */
    public static @Nullable String with(List<String> headers, String tags) {
        String others = without(headers);
        String ours = TAG + "=" + tags.replace(",", COMMA);
        String all = others == null ? ours : others + "," + ours;
        return all.length() <= MAX_LENGTH ? all : others;
    }

    /**
     * Whether a member of this name may be taken for ours: others decode names, and once more at every hop, so {@code %2567ray.tag}
     * becomes ours behind two of them.
     */
    public static boolean isTag(String name) {
        return decoded(name).replace('+', ' ').trim().equals(TAG);
    }

    private static String name(String member) {
        int equals = member.indexOf('=');
        return equals < 0 ? "" : member.substring(0, equals).trim();
    }

    /** Until nothing is left to decode; from the end, so that each character is looked at once however deep it is encoded. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder reversed = new StringBuilder();
        for (int i = text.length() - 1; i >= 0; i--) {
            char next = text.charAt(i);
            int end = reversed.length();
            while (next == '%' && end >= 2 && isHex(reversed.charAt(end - 1)) && isHex(reversed.charAt(end - 2))) {
                next = (char) (16 * hex(reversed.charAt(end - 1)) + hex(reversed.charAt(end - 2)));
                end -= 2;
                reversed.setLength(end);
            }
            reversed.append(next);
        }
        return reversed.reverse().toString();
    }

    private static boolean isHex(char digit) {
        return hex(digit) >= 0;
    }

    private static int hex(char digit) {
        return digit < 0x80 ? Character.digit(digit, 16) : -1;
    }
}
