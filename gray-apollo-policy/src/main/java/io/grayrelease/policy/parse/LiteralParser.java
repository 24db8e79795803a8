package io.grayrelease.policy.parse;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.IpBlock;
import io.grayrelease.policy.model.Value;

/** Reads what values are compared with: literals, lists, percentages, instants. */
final class LiteralParser {
    private static final BigDecimal BUCKETS_PER_PERCENT = BigDecimal.valueOf(100);

    private final Statement statement;
    private final Scanner scanner;
    private final Map<String, Set<String>> lists;

    LiteralParser(Statement statement, Map<String, Set<String>> lists) {
        this.statement = statement;
        this.scanner = statement.scanner();
        this.lists = lists;
    }

    /** A string, an integer or a bare word; for an ip, a network must be a valid one. */
    String literal(Value value) {
        int column = scanner.column();
        String literal = scanner.isString() ? scanner.string() : bareWord();
        checkNetwork(value, column, literal);
        return literal;
    }

    /** A literal that a value is to match, which an empty one never does. */
    String matchable(Value value) {
        int column = scanner.column();
        return warnedIfEmpty(column, literal(value));
    }

    /** A pattern after {@code like}. */
    String pattern() {
        int column = scanner.column();
        return warnedIfEmpty(column, scanner.string());
    }

    private String warnedIfEmpty(int column, String text) {
        if (text.isEmpty()) {
            statement.warn(column, text, "a text that is not empty: an empty value is a missing one, see has(...)");
        }
        return text;
    }

    private String bareWord() {
        int column = scanner.column();
        String word = scanner.run(LiteralParser::isBare);
        if (word.isEmpty()) {
            throw scanner.syntaxError("a literal: a word, an integer or a string in double quotes");
        }
        if (word.startsWith("@")) {
            statement.warn(column, word, "in " + word + " for the list, or double quotes for this text");
        }
        return word;
    }

    private static boolean isBare(int c) {
        return Scanner.isLetter(c) || Scanner.isDigit(c) || "._@:/-".indexOf(c) >= 0;
    }

    private void checkNetwork(Value value, int column, String literal) {
        if (value.kind() == Value.Kind.IP && literal.indexOf('/') >= 0 && IpBlock.parse(literal) == null) {
            statement.error(column, literal, "a network such as 10.0.0.0/8 or fd00::/8");
        }
    }

    /** What follows {@code in}: literals in brackets, or a list. */
    Condition oneOf(Value value) {
        if (scanner.accept("@")) {
            return inList(value);
        }
        scanner.expect("(", "( and literals, or @ and the name of a list");
        Set<String> literals = new LinkedHashSet<>();
        do {
            literals.add(matchable(value));
        } while (scanner.accept(","));
        scanner.expect(")", ", or )");
        return Condition.OneOf.literals(value, literals);
    }

    private Condition inList(Value value) {
        int column = scanner.column();
        String name = scanner.run(c -> Scanner.isLetter(c) || Scanner.isDigit(c) || c == '_' || c == '-');
        if (name.isEmpty()) {
            throw scanner.syntaxError("the name of a list");
        }
        Set<String> literals = lists.get(name);
        if (literals == null) {
            statement.error(
                    column, name, "a list, written as gray.list." + name, Suggestions.nearest(name, lists.keySet()));
            literals = Collections.emptySet();
        }
        if (value.kind() == Value.Kind.IP) {
            literals.forEach(literal -> checkNetwork(value, column, literal));
        }
        return Condition.OneOf.list(value, name, literals);
    }

    /** A percentage as a number of buckets, 0..10000. One that makes no sense is reported, and read on as 0. */
    int percentage() {
        int column = scanner.column();
        String number = scanner.run(Scanner::isDigit);
        if (number.isEmpty()) {
            throw scanner.syntaxError("a percentage such as 5% or 0.25%");
        }
        String fraction = fraction();
        scanner.expect("%", "%");
        BigDecimal buckets = new BigDecimal(number + "." + fraction + "0").multiply(BUCKETS_PER_PERCENT);
        String text = number + (fraction.isEmpty() ? "" : "." + fraction) + "%";
        if (fraction.length() > 2) {
            statement.error(column, text, "a percentage with at most two decimals");
        } else if (buckets.compareTo(BigDecimal.valueOf(Condition.Hash.BUCKETS)) > 0) {
            statement.error(column, text, "a percentage from 0% to 100%");
        } else {
            return buckets.intValueExact();
        }
        return 0;
    }

    /** The decimals after a point, if there is one. */
    private String fraction() {
        if (scanner.acceptFraction()) {
            String fraction = scanner.run(Scanner::isDigit);
            if (fraction.isEmpty()) {
                throw scanner.syntaxError("%, or decimals and %");
            }
            return fraction;
        }
        return "";
    }

    /** A moment with its offset. One that cannot be read is reported, and read on as the epoch. */
    Instant instant() {
        int column = scanner.column();
        StringBuilder text = new StringBuilder();
        String part = scanner.run(LiteralParser::isInstant);
        text.append(part);
        while (!part.isEmpty() && scanner.acceptFraction()) {
            part = scanner.run(LiteralParser::isInstant);
            text.append('.').append(part);
        }
        if (text.length() == 0) {
            throw scanner.syntaxError("a moment such as 2026-11-11T00:00:00+08:00");
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            statement.error(column, text.toString(), "a moment with its offset, such as 2026-11-11T00:00:00+08:00");
            return Instant.EPOCH;
        }
    }

    private static boolean isInstant(int c) {
        return Scanner.isLetter(c) || Scanner.isDigit(c) || "+-:".indexOf(c) >= 0;
    }
}
