package io.grayrelease.nginx.render;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Decimal integers whose remainder lies in a range, by their last digits: these decide where the modulus divides a power of ten. An
 * integer of any length costs no more than reading it. Not thread-safe.
 */
final class RemainderRegex {
    private static final int MAX_DIGITS = 18; // of a long
    private static final int MAX_PERIODS = 1_000;
    private static final int MAX_LENGTH = 3_000;

    private final int digits;
    private final long modulus;
    private final long periods;
    private final List<String> expressions = new ArrayList<>();

    private RemainderRegex(int digits, long modulus, long periods) {
        this.digits = digits;
        this.modulus = modulus;
        this.periods = periods;
    }

    /** Expressions, one of which matches: none if there is no such integer. */
    static List<String> of(BigInteger modulus, BigInteger first, BigInteger last) {
        RemainderRegex regex = forModulus(modulus);
        BigInteger highest = modulus.subtract(BigInteger.ONE);
        if (first.compareTo(highest) > 0 || last.signum() < 0 || first.compareTo(last) > 0) {
            return List.of();
        }
        long from = first.max(BigInteger.ZERO).longValueExact();
        long to = last.min(highest).longValueExact();
        return from == 0 && to == regex.modulus - 1 ? List.of("^-?[0-9]++\\z") : regex.expressions(from, to);
    }

    private static RemainderRegex forModulus(BigInteger modulus) {
        for (int digits = 0; digits <= MAX_DIGITS; digits++) {
            BigInteger[] parts = BigInteger.TEN.pow(digits).divideAndRemainder(modulus);
            if (parts[1].signum() == 0 && parts[0].compareTo(BigInteger.valueOf(MAX_PERIODS)) <= 0) {
                return new RemainderRegex(digits, modulus.longValueExact(), parts[0].longValueExact());
            }
        }
        throw new UnsupportedCondition(
                "% " + modulus,
                "a modulus that divides a power of ten (2, 5, 8, 10, 20, 25, 50, 100, 1000, ...), or the lua driver");
    }

    private List<String> expressions(long from, long to) {
        add("^", List.of(new long[] {from, to}));
        List<long[]> mirrored = new ArrayList<>(); // the floor modulus of -x is that of -(x % m)
        if (from == 0) {
            mirrored.add(new long[] {0, 0});
        }
        if (to > 0) {
            mirrored.add(new long[] {modulus - to, modulus - Math.max(from, 1)});
        }
        add("^-", mirrored);
        return expressions;
    }

    /** Numbers of fewer digits count as if zeros stood in front. */
    private void add(String start, List<long[]> remainders) {
        for (int length = 1; length <= digits; length++) {
            List<String> alternatives = new ArrayList<>();
            long end = pow10(length);
            for (long period = 0; period < periods && period * modulus < end; period++) {
                for (long[] range : remainders) {
                    long last = Math.min(period * modulus + range[1], end - 1);
                    alternatives.addAll(DigitRanges.alternatives(period * modulus + range[0], last, length));
                }
            }
            inPieces(alternatives, start, length);
        }
    }

    private void inPieces(List<String> alternatives, String start, int length) {
        StringBuilder piece = new StringBuilder();
        for (String alternative : alternatives) {
            if (piece.length() + alternative.length() > MAX_LENGTH) {
                finish(piece, start, length);
                piece.setLength(0);
            }
            piece.append(piece.length() == 0 ? "" : "|").append(alternative);
        }
        if (piece.length() > 0) {
            finish(piece, start, length);
        }
    }

    private void finish(CharSequence alternatives, String start, int length) {
        expressions.add(
                length < digits
                        ? start + "(?:" + alternatives + ")\\z"
                        : start + "[0-9]{" + digits + ",}+(?<=" + alternatives + ")\\z");
    }

    private static long pow10(int exponent) {
        return BigInteger.TEN.pow(exponent).longValueExact();
    }
}
