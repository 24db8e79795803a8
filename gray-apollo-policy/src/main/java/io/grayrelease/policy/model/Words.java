package io.grayrelease.policy.model;

/** The shape of names, tags, targets and versions. Checked by hand, since a large policy has many of them. */
public final class Words {
    private Words() {}

    /** Whether a text is of ASCII letters, digits and some others, and starts with a letter or digit. */
    public static boolean isWord(String text, String others) {
        return !text.isEmpty() && isLetterOrDigit(text.charAt(0)) && isOf(text, others);
    }

    /** Whether a text is of ASCII letters, digits and some others; an empty one is. */
    public static boolean isOf(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            if (!isLetterOrDigit(text.charAt(i)) && others.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
    }

    /** Whether a text is of digits 0-9 only; an empty one is. */
    public static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
