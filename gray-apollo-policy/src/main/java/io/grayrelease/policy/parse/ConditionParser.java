package io.grayrelease.policy.parse;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Condition.Comparison.Operator;
import io.grayrelease.policy.model.Value;

/** Reads the condition of a rule by recursive descent, one method per production of the grammar. */
final class ConditionParser {
    /** How deep conditions may be nested; a hostile value must not exhaust the stack. */
    private static final int MAX_DEPTH = 100;

    private final Statement statement;
    private final Scanner scanner;
    private final LiteralParser literals;
    private final ValueParser values;
    private final String defaultSalt;
    private int depth;

    ConditionParser(Statement statement, String defaultSalt, Map<String, Set<String>> lists) {
        this.statement = statement;
        this.scanner = statement.scanner();
        this.literals = new LiteralParser(statement, lists);
        this.values = new ValueParser(scanner);
        this.defaultSalt = defaultSalt;
    }

    Condition condition() {
        List<Condition> operands = operands("||", this::and);
        return operands.size() == 1 ? operands.get(0) : Condition.Or.of(operands);
    }

    private Condition and() {
        List<Condition> operands = operands("&&", this::unary);
        return operands.size() == 1 ? operands.get(0) : Condition.And.of(operands);
    }

    private List<Condition> operands(String separator, Supplier<Condition> operand) {
        List<Condition> operands = new ArrayList<>();
        do {
            operands.add(operand.get());
        } while (scanner.accept(separator));
        return operands;
    }

    private Condition unary() {
        if (scanner.accept("!")) {
            return nested(() -> Condition.Not.of(unary()));
        }
        if (scanner.accept("(")) {
            return nested(() -> {
                Condition condition = condition();
                scanner.expect(")", "&&, || or )");
                return condition;
            });
        }
        return predicate();
    }

    private Condition nested(Supplier<Condition> inner) {
        if (++depth > MAX_DEPTH) {
            throw scanner.syntaxError("at most " + MAX_DEPTH + " nested ! and (");
        }
        Condition condition = inner.get();
        depth--;
        return condition;
    }

    private Condition predicate() {
        if (scanner.acceptWord("true")) {
            return Condition.Always.of();
        }
        if (scanner.acceptWord("hash")) {
            return hash();
        }
        if (scanner.acceptWord("has")) {
            return Condition.Has.of(inBrackets());
        }
        if (scanner.acceptWord("now")) {
            return now();
        }
        return comparison(values.value());
    }

    private Value inBrackets() {
        scanner.expect("(", "(");
        Value value = values.value();
        scanner.expect(")", ")");
        return value;
    }

    private Condition hash() {
        scanner.expect("(", "(");
        Value value = values.value();
        String salt = scanner.accept(",") ? scanner.string() : defaultSalt;
        scanner.expect(")", ", \"salt\" or )");
        if (scanner.accept("<")) {
            return Condition.Hash.of(value, salt, 0, literals.percentage());
        }
        if (scanner.acceptWord("in")) {
            int from = literals.percentage();
            scanner.expect("..", "..");
            return Condition.Hash.of(value, salt, from, literals.percentage());
        }
        throw scanner.syntaxError("< and a percentage, or in and a range of percentages");
    }

    private Condition now() {
        if (!scanner.acceptWord("in")) {
            throw scanner.syntaxError("in");
        }
        Instant from = literals.instant();
        scanner.expect("..", "..");
        return Condition.Within.of(from, literals.instant());
    }

    private Condition comparison(Value value) {
        if (scanner.accept("==")) {
            return Condition.Equal.of(value, literals.matchable(value));
        }
        if (scanner.accept("!=")) {
            return Condition.Equal.not(value, literals.literal(value));
        }
        if (scanner.acceptWord("in")) {
            return literals.oneOf(value);
        }
        if (scanner.acceptWord("like")) {
            return Condition.Like.of(value, literals.pattern());
        }
        if (scanner.accept("%")) {
            return modulo(value);
        }
        return numberComparison(value);
    }

    private Condition numberComparison(Value value) {
        // The longer symbols first: "<" would take the start of "<=".
        if (scanner.accept("<=")) {
            return Condition.Comparison.of(value, Operator.AT_MOST, scanner.integer());
        }
        if (scanner.accept(">=")) {
            return Condition.Comparison.of(value, Operator.AT_LEAST, scanner.integer());
        }
        if (scanner.accept("<")) {
            return Condition.Comparison.of(value, Operator.LESS, scanner.integer());
        }
        if (scanner.accept(">")) {
            return Condition.Comparison.of(value, Operator.GREATER, scanner.integer());
        }
        throw scanner.syntaxError("==, !=, in, like, %, <, <=, > or >=");
    }

    private Condition modulo(Value value) {
        BigInteger modulus = modulus();
        if (scanner.accept("==")) {
            BigInteger remainder = scanner.integer();
            return Condition.Modulo.of(value, modulus, remainder, remainder);
        }
        if (scanner.acceptWord("in")) {
            BigInteger first = scanner.integer();
            scanner.expect("..", "..");
            return Condition.Modulo.of(value, modulus, first, scanner.integer());
        }
        scanner.expect("<", "<, == or in");
        return Condition.Modulo.of(
                value, modulus, BigInteger.ZERO, scanner.integer().subtract(BigInteger.ONE));
    }

    /** A modulus that makes no sense is reported, and read on as 1. */
    private BigInteger modulus() {
        int column = scanner.column();
        BigInteger modulus = scanner.integer();
        if (modulus.signum() <= 0) {
            statement.error(column, modulus.toString(), "a divisor of at least 1");
            return BigInteger.ONE;
        }
        return modulus;
    }
}
