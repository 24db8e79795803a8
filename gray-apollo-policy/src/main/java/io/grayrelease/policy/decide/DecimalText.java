package io.grayrelease.policy.decide;

import java.math.BigInteger;

/**
 * Decimal integers of any length ({@code -?[0-9]+}, ASCII digits), compared and divided as text: a request may bring a
 * value of thousands of digits, which must not cost more than reading it.
 */
final class DecimalText {
    private static final BigInteger MAX_FAST_MODULUS = BigInteger.valueOf(Integer.MAX_VALUE);

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

    /** The floor modulus, 0..modulus-1, of an integer by a positive number. */
    static BigInteger floorMod(String integer, BigInteger modulus) {
        BigInteger remainder = modulus.compareTo(MAX_FAST_MODULUS) <= 0
                ? BigInteger.valueOf(remainder(integer, modulus.intValue()))
                : new BigInteger(integer).abs().mod(modulus);
        return integer.startsWith("-") && remainder.signum() != 0 ? modulus.subtract(remainder) : remainder;
    }

    /** The remainder of the digits without their sign. */
    private static long remainder(String integer, int modulus) {
        long remainder = 0;
        for (int i = integer.startsWith("-") ? 1 : 0; i < integer.length(); i++) {
            remainder = (remainder * 10 + (integer.charAt(i) - '0')) % modulus;
        }
        return remainder;
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
