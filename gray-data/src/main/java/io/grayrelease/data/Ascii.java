package io.grayrelease.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** Texts of printable ASCII, for a database that refuses them as they are: its encoding has not all characters, or no NUL. */
final class Ascii {
    private static final Pattern ESCAPED = Pattern.compile("[ -~]*\\\\u[0-9a-f]{4}[ -~]*");
    private static final int LONGEST_KEY = 255;
    private static final int HASH_BYTES = 8;

    private Ascii() {}

    /** With all else, and the backslash itself, as four digits. */
    static String escaped(String text) {
        return escaped(text, true);
    }

    /** JSON that says the same: what is no ASCII stands only in its texts. */
    static String json(String json) {
        return escaped(json, false);
    }

    private static String escaped(String text, boolean all) {
        StringBuilder ascii = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~' || (all && (c < ' ' || c == '\\'))) {
                ascii.append(String.format("\\u%04x", (int) c));
            } else {
                ascii.append(c);
            }
        }
        return ascii.toString();
    }

    /** The text of a key, escaped; one that gets too long for our tables ends with its hash. */
    static String key(String text) {
        String ascii = escaped(text);
        return ascii.length() <= LONGEST_KEY
                ? ascii
                : ascii.substring(0, LONGEST_KEY - 2 * HASH_BYTES - 1) + "~" + hash(text);
    }

    /** Whether a text may be one that {@link #key} has changed. */
    static boolean isEscaped(String key) {
        return ESCAPED.matcher(key).matches();
    }

    private static String hash(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder();
            for (int i = 0; i < HASH_BYTES; i++) {
                hex.append(String.format("%02x", all[i]));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
