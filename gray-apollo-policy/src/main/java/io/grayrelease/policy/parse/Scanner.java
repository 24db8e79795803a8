package io.grayrelease.policy.parse;

import java.math.BigInteger;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Problem;

/**
 * Reads one value from left to right. What a character means depends on what is expected there ({@code 0..9} is a range
 * after {@code in}, but a word after {@code ==}), so there are no tokens: the grammar asks for what it expects.
 */
final class Scanner {
    private static final int SHOWN = 20;
    private static final int LAST_ASCII = 0x7f;
    private static final String FULL_WIDTH = "，；：＝（）［］＜＞！＆｜＠％＂“”．＃";
    private static final String HALF_WIDTH = ",;:=()[]<>!&|@%\"\"\".#";

    private final String key;
    private final String text;
    private int position;

    Scanner(String key, String text) {
        this.key = key;
        this.text = text;
    }

    /** The column of what comes next, from 1. */
    int column() {
        skipSpace();
        return position + 1;
    }

    boolean atEnd() {
        skipSpace();
        return position == text.length();
    }

    /** Whether a symbol comes next; reads it if so. */
    boolean accept(String symbol) {
        skipSpace();
        if (!text.startsWith(symbol, position)) {
            return false;
        }
        position += symbol.length();
        return true;
    }

    /** Whether a symbol follows without a space; reads it if so. */
    boolean acceptAdjacent(String symbol) {
        return position < text.length() && !isSpace(text.charAt(position)) && accept(symbol);
    }

    /** Whether a decimal point follows at once, as against the two dots of a range; reads it if so. */
    boolean acceptFraction() {
        boolean point = text.startsWith(".", position) && !text.startsWith("..", position);
        if (point) {
            position++;
        }
        return point;
    }

    /** Whether a whole word comes next; reads it if so. */
    boolean acceptWord(String word) {
        skipSpace();
        int end = position + word.length();
        boolean whole = end >= text.length() || !Character.isLetterOrDigit(text.charAt(end));
        return whole && accept(word);
    }

    void expect(String symbol, String expected) {
        if (!accept(symbol)) {
            throw syntaxError(expected);
        }
    }

    void expectEnd(String expected) {
        if (!atEnd()) {
            throw syntaxError(expected);
        }
    }

    /** The characters from here on that are of a kind; empty if the next one is not. */
    String run(IntPredicate kind) {
        skipSpace();
        int start = position;
        while (position < text.length() && kind.test(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    /** An integer of any length. */
    BigInteger integer() {
        int start = column() - 1;
        boolean negative = accept("-");
        String digits = position < text.length() && isDigit(text.charAt(position)) ? run(Scanner::isDigit) : "";
        if (digits.isEmpty()) {
            position = start;
            throw syntaxError("an integer");
        }
        BigInteger magnitude = new BigInteger(digits);
        return negative ? magnitude.negate() : magnitude;
    }

    boolean isNext(char symbol) {
        skipSpace();
        return position < text.length() && text.charAt(position) == symbol;
    }

    boolean isString() {
        return isNext('"');
    }

    /** A string in double quotes, in which a backslash escapes a quote or a backslash. */
    String string() {
        if (!isString()) {
            throw syntaxError("a string in double quotes");
        }
        int start = position++;
        StringBuilder string = new StringBuilder();
        while (position < text.length() && text.charAt(position) != '"') {
            string.append(text.charAt(position) == '\\' ? escaped() : text.charAt(position));
            position++;
        }
        if (position == text.length()) {
            position = start;
            throw syntaxError("a string that ends with \"");
        }
        position++;
        return string.toString();
    }

    private char escaped() {
        position++;
        if (position == text.length() || "\"\\".indexOf(text.charAt(position)) < 0) {
            position--;
            throw syntaxError("\\\" or \\\\ (nothing else can be escaped)");
        }
        return text.charAt(position);
    }

    /** Says that something else was expected at a column, and goes back there. */
    SyntaxException syntaxErrorAt(int column, String expected) {
        position = column - 1;
        return syntaxError(expected);
    }

    /** Says that something else was expected here. */
    SyntaxException syntaxError(String expected) {
        return new SyntaxException(problem(expected));
    }

    private Problem problem(String expected) {
        int column = column();
        if (position == text.length()) {
            return Problem.inValue(key, column, "the end", expected);
        }
        char next = text.charAt(position);
        if (next == '#') {
            return Problem.inValue(key, column, "#", expected + " (a comment cannot follow a value)");
        }
        return isFullWidth(next)
                ? Problem.inValue(key, column, quote(String.valueOf(next)) + " (full-width)", expected)
                        .withSuggestion(String.valueOf(HALF_WIDTH.charAt(FULL_WIDTH.indexOf(next))))
                : Problem.inValue(key, column, quote(rest()), expected).withSuggestion(doubled(next, expected));
    }

    /** Who writes one of {@code = & |} where the grammar has two meant the two. */
    private @Nullable String doubled(char next, String expected) {
        String doubled = String.valueOf(new char[] {next, next});
        boolean meant = "=&|".indexOf(next) >= 0 && expected.contains(doubled) && !text.startsWith("=>", position);
        return meant ? doubled : null;
    }

    /** The start of what is left, as far as it is one word. */
    private String rest() {
        int end = position + 1;
        while (end < text.length() && end - position < SHOWN && !isSpace(text.charAt(end))) {
            end++;
        }
        return text.substring(position, end);
    }

    static String quote(String found) {
        String shown = found.length() <= 2 * SHOWN ? found : found.substring(0, 2 * SHOWN) + "...";
        return '"' + shown + '"';
    }

    private void skipSpace() {
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
    }

    static boolean isSpace(int c) {
        return c <= ' ' || c == '\u00a0' || c == '\u3000';
    }

    /** Punctuation that an East Asian input method types in place of ours; it means nothing anywhere. */
    static boolean isFullWidth(int c) {
        return c > LAST_ASCII && FULL_WIDTH.indexOf(c) >= 0;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
