package io.grayrelease.policy.model;

import java.util.ArrayList;
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
                if (isTag(member)) {
                    String value = member.substring(member.indexOf('=') + 1);
                    int properties = value.indexOf(';');
                    String written = properties < 0 ? value : value.substring(0, properties);
                    return written.trim().replace(COMMA, ",").replace("%2c", ",");
                }
            }
        }
        return null;
    }

    /** All other members in one header; null if there are none. */
    public static @Nullable String without(List<String> headers) {
        List<String> members = new ArrayList<>();
        for (String header : headers) {
            for (String member : header.split(",", -1)) {
                if (!isTag(member) && !member.trim().isEmpty()) {
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

    private static boolean isTag(String member) {
        int equals = member.indexOf('=');
        return equals > 0 && member.substring(0, equals).trim().equals(TAG);
    }
}
