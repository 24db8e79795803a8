package io.grayrelease.nginx.render;

import java.nio.charset.StandardCharsets;

import io.grayrelease.policy.model.Words;

/** Texts of a policy as they may stand in an Nginx configuration. */
final class Text {
    /** The file is read through a buffer of 4,096 bytes, which has to hold a whole token. */
    static final int MAX_TOKEN = 3_900;

    /** What stands around a text in an expression. */
    private static final int AROUND = 100;

    /** What stands for itself between double quotes, in keys as in results. */
    private static final String SAFE = " !%&()*+,-./:<=>?@[]^_`|~";

    private Text() {}

    /** A regular expression that matches this text and no other: bytes of UTF-8, all but letters and digits in hexadecimal. */
    static String regex(String literal) {
        StringBuilder regex = new StringBuilder(literal.length() + 16);
        for (byte b : literal.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (Words.isOf(String.valueOf(c), "")) {
                regex.append(c);
            } else {
                regex.append(String.format("\\x%02x", (int) c));
            }
        }
        return checked(regex.toString(), literal, MAX_TOKEN - AROUND);
    }

    /** A part of a quoted text whose variables are evaluated. Control characters are refused. */
    static String quoted(String literal, String dollar) {
        // Half a surrogate pair has no bytes: a question mark, here as where Java hashes.
        String text = new String(literal.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        StringBuilder quoted = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new UnsupportedCondition(
                        "a control character in " + shown(literal), "printable characters, or the lua driver");
            }
            quoted.append(c == '$' ? dollar : c == '"' || c == '\\' ? "\\" + c : String.valueOf(c));
        }
        return checked(quoted.toString(), literal);
    }

    /** A token that is not too long for Nginx. */
    static String checked(String token, String literal) {
        return checked(token, literal, MAX_TOKEN);
    }

    private static String checked(String token, String literal, int max) {
        if (token.getBytes(StandardCharsets.UTF_8).length > max) {
            throw new UnsupportedCondition(
                    "a text of " + literal.length() + " characters, " + shown(literal),
                    "one that Nginx can read: at most " + max
                            + " bytes, where all but letters and digits count four, or the lua driver");
        }
        return token;
    }

    /** Whether a text needs no escape in a key or in a result. */
    static boolean isSafe(String literal) {
        return Words.isOf(literal, SAFE);
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    static boolean hasLetter(String text) {
        return text.chars().anyMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
    }

    /** For messages: not longer than anybody wants to read. */
    static String shown(String text) {
        return '"' + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + '"';
    }
}
