package io.grayrelease.policy.decide;

/**
 * Decimal integers of any length ({@code -?[0-9]+}, ASCII digits), compared as text: a request may bring a
 * value of thousands of digits, which must not cost more than reading it.
 */
final class DecimalText {
    private DecimalText() {}

    static boolean isInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        if (start == text.length()) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Negative, zero or positive, as the first integer is less than, equal to or greater than the second. */
    static int compare(String integer, String other) {
        String a = magnitude(integer);
        String b = magnitude(other);
        int signA = sign(integer, a);
        int signB = sign(other, b);
        if (signA != signB) {
            return Integer.compare(signA, signB);
        }
        int magnitudes = a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
        return signA < 0 ? -magnitudes : magnitudes;
    }

    private static int sign(String integer, String magnitude) {
        if (magnitude.isEmpty()) {
            return 0;
        }
        return integer.startsWith("-") ? -1 : 1;
    }

    /** The digits without sign and leading zeros; empty for zero. */
    private static String magnitude(String integer) {
        int start = integer.startsWith("-") ? 1 : 0;
        while (start < integer.length() && integer.charAt(start) == '0') {
            start++;
        }
        return integer.substring(start);
    }
}
