package io.grayrelease.policy.decide;

import java.math.BigInteger;

/**
 * A test of a remainder: {@code integer mod modulus} lies in [first, last], for decimal integers of any length. The digits
 * are taken from left to right, so that thousands of them cost no more than reading them, which {@code BigInteger}'s
 * quadratic parsing would. Immutable.
 */
abstract class Remainder {
    private static final BigInteger MAX_FAST_MODULUS = BigInteger.valueOf(Long.MAX_VALUE / 10);

    /** As many digits as surely fit into a long. */
    private static final int DIGITS_OF_A_LONG = 18;

    private Remainder() {}

    /** The test that suits the modulus; the usual ones need no {@code BigInteger} and allocate nothing. */
    static Remainder of(BigInteger modulus, BigInteger first, BigInteger last) {
        return modulus.compareTo(MAX_FAST_MODULUS) <= 0
                ? new Fast(modulus, first, last)
                : new Exact(modulus, first, last);
    }

    /** Whether the floor modulus of a decimal integer, see {@link DecimalText#isInteger}, lies in the range. */
    abstract boolean isWithin(String integer);

    private static int firstDigit(String integer) {
        return integer.startsWith("-") ? 1 : 0;
    }

    private static final class Fast extends Remainder {
        private final long modulus;
        private final long first;
        private final long last;

        Fast(BigInteger modulus, BigInteger first, BigInteger last) {
            this.modulus = modulus.longValueExact();
            this.first = first.max(BigInteger.ZERO).min(modulus).longValueExact();
            this.last = last.min(modulus).max(BigInteger.ONE.negate()).longValueExact();
        }

        @Override
        boolean isWithin(String integer) {
            int start = firstDigit(integer);
            int end = Math.min(integer.length(), start + DIGITS_OF_A_LONG);
            long remainder = 0;
            for (int i = start; i < end; i++) {
                remainder = remainder * 10 + (integer.charAt(i) - '0');
            }
            remainder %= modulus; // once, for a division costs more than all the rest
            for (int i = end; i < integer.length(); i++) {
                remainder = (remainder * 10 + (integer.charAt(i) - '0')) % modulus;
            }
            long floored = start > 0 && remainder != 0 ? modulus - remainder : remainder;
            return floored >= first && floored <= last;
        }
    }

    private static final class Exact extends Remainder {
        private final BigInteger modulus;
        private final BigInteger first;
        private final BigInteger last;

        Exact(BigInteger modulus, BigInteger first, BigInteger last) {
            this.modulus = modulus;
            this.first = first;
            this.last = last;
        }

        @Override
        boolean isWithin(String integer) {
            int start = firstDigit(integer);
            BigInteger remainder = magnitude(integer, start);
            BigInteger floored = start > 0 ? remainder.negate().mod(modulus) : remainder;
            return floored.compareTo(first) >= 0 && floored.compareTo(last) <= 0;
        }

        private BigInteger magnitude(String integer, int start) {
            BigInteger remainder = BigInteger.ZERO;
            for (int i = start; i < integer.length(); i += DIGITS_OF_A_LONG) {
                String chunk = integer.substring(i, Math.min(i + DIGITS_OF_A_LONG, integer.length()));
                BigInteger digits = BigInteger.valueOf(Long.parseLong(chunk));
                remainder = remainder
                        .multiply(BigInteger.TEN.pow(chunk.length()))
                        .add(digits)
                        .mod(modulus);
            }
            return remainder;
        }
    }
}
