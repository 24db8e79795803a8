package io.grayrelease.nginx.render;

import java.util.ArrayList;
import java.util.List;

/** Ranges of numbers with leading zeros as regular expressions. */
final class DigitRanges {
    private DigitRanges() {}

    /**
     * Expressions that together match the numbers from first to last, both included, written in so many digits.
     *
     * @param digits 1 to 18
     */
    static List<String> alternatives(long first, long last, int digits) {
        List<String> alternatives = new ArrayList<>();
        if (first <= last) {
            add("", padded(first, digits), padded(last, digits), alternatives);
        }
        return alternatives;
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(digits - text.length()) + text;
    }

    private static void add(String prefix, String first, String last, List<String> alternatives) {
        int rest = first.length() - 1;
        if (rest < 0) {
            alternatives.add(prefix);
        } else if (first.charAt(0) == last.charAt(0)) {
            add(prefix + first.charAt(0), first.substring(1), last.substring(1), alternatives);
        } else {
            split(prefix, first, last, rest, alternatives);
        }
    }

    /** The first digit begins a part of its tens, the last one too, those between them begin whole ones. */
    private static void split(String prefix, String first, String last, int rest, List<String> alternatives) {
        char from = first.charAt(0);
        char to = last.charAt(0);
        String zeros = "0".repeat(rest);
        String nines = "9".repeat(rest);
        if (!first.substring(1).equals(zeros)) {
            add(prefix + from, first.substring(1), nines, alternatives);
            from++;
        }
        boolean whole = last.substring(1).equals(nines);
        if (from <= (whole ? to : to - 1)) {
            alternatives.add(prefix + digit(from, whole ? to : (char) (to - 1)) + digits(rest));
        }
        if (!whole) {
            add(prefix + to, zeros, last.substring(1), alternatives);
        }
    }

    static String digit(char from, char to) {
        return from == to ? String.valueOf(from) : "[" + from + "-" + to + "]";
    }

    static String digits(int count) {
        return count == 0 ? "" : count == 1 ? "[0-9]" : "[0-9]{" + count + "}";
    }
}
