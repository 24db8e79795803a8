package io.grayrelease.nginx.render;

import java.math.BigInteger;

/** Decimal integers of any length compared with a number. */
final class OrderRegex {
    static final String INTEGER = "^-?[0-9]++\\z";
    private static final int MAX_DIGITS = 100;

    private OrderRegex() {}

    /** Fills a map whose source is a value, and whose default is what is no integer. */
    static void fill(MapTable table, BigInteger number, String less, String notLess) {
        if (number.abs().toString().length() > MAX_DIGITS) {
            throw new UnsupportedCondition(
                    "a number of " + number.abs().toString().length() + " digits",
                    "at most " + MAX_DIGITS + " digits, or the lua driver");
        }
        if (number.signum() > 0) {
            table.whenMatches("^" + below(number), less);
        } else {
            table.whenMatches("^-" + below(number.negate().add(BigInteger.ONE)), notLess);
        }
        table.whenMatches("^-[0-9]++\\z", less).whenMatches(INTEGER, notLess);
    }

    /** Digits that are a number below a limit of at least 1; zeros may stand in front. */
    static String below(BigInteger limit) {
        String digits = limit.toString();
        String shorter = digits.length() == 1
                ? ""
                : "[1-9]" + (digits.length() == 2 ? "" : "[0-9]{0," + (digits.length() - 2) + "}") + "|";
        String same = sameLength(digits, 0);
        return "(?=[0-9])0*+(?:" + shorter + (same.isEmpty() ? "" : same + "|") + ")\\z";
    }

    /** From a position on, as many digits, and less; empty if there are none. */
    private static String sameLength(String digits, int position) {
        if (position == digits.length()) {
            return "";
        }
        char digit = digits.charAt(position);
        char lowest = position == 0 ? '1' : '0';
        String deeper = sameLength(digits, position + 1);
        String equal = deeper.isEmpty() ? "" : digit + deeper;
        if (digit <= lowest) {
            return equal;
        }
        String lower =
                DigitRanges.digit(lowest, (char) (digit - 1)) + DigitRanges.digits(digits.length() - 1 - position);
        return equal.isEmpty() ? lower : "(?:" + lower + "|" + equal + ")";
    }
}
