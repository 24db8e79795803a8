package io.grayrelease.policy.decide;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.stream.Collectors;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Condition.Comparison.Operator;

/** A condition as a rule writes it. A salt is written only if it is not the name of the rule. */
final class ConditionText implements Condition.Visitor<String> {
    /** A rule may name many values; what is left out is counted. */
    private static final int SHOWN = 5;

    private final String rule;

    ConditionText(String rule) {
        this.rule = rule;
    }

    @Override
    public String visit(Condition.Always condition) {
        return "true";
    }

    @Override
    public String visit(Condition.Not condition) {
        return "!(" + condition.operand().accept(this) + ")";
    }

    @Override
    public String visit(Condition.And condition) {
        return joined(condition, " && ");
    }

    @Override
    public String visit(Condition.Or condition) {
        return "(" + joined(condition, " || ") + ")";
    }

    private String joined(Condition condition, String between) {
        return condition.operands().stream()
                .map(operand -> operand.accept(this))
                .collect(Collectors.joining(between));
    }

    @Override
    public String visit(Condition.Equal condition) {
        return condition.value() + (condition.negated() ? " != " : " == ") + literal(condition.literal());
    }

    @Override
    public String visit(Condition.OneOf condition) {
        String among = condition.list() == null ? literals(condition.literals()) : "@" + condition.list();
        return condition.value() + " in " + among;
    }

    private static String literals(Set<String> literals) {
        String shown =
                literals.stream().limit(SHOWN).map(ConditionText::literal).collect(Collectors.joining(", "));
        int more = literals.size() - SHOWN;
        return "(" + shown + (more > 0 ? ", and " + more + " more" : "") + ")";
    }

    @Override
    public String visit(Condition.Like condition) {
        return condition.value() + " like " + quote(condition.pattern());
    }

    @Override
    public String visit(Condition.Modulo condition) {
        String modulo = condition.value() + " % " + condition.modulus();
        if (condition.first().signum() == 0) {
            return modulo + " < " + condition.last().add(BigInteger.ONE);
        }
        return condition.first().equals(condition.last())
                ? modulo + " == " + condition.first()
                : modulo + " in " + condition.first() + ".." + condition.last();
    }

    @Override
    public String visit(Condition.Comparison condition) {
        return condition.value() + " " + symbol(condition.operator()) + " " + condition.number();
    }

    private static String symbol(Operator operator) {
        switch (operator) {
            case LESS:
                return "<";
            case AT_MOST:
                return "<=";
            case GREATER:
                return ">";
            default:
                return ">=";
        }
    }

    static String words(Operator operator) {
        switch (operator) {
            case LESS:
                return "below";
            case AT_MOST:
                return "at most";
            case GREATER:
                return "above";
            default:
                return "at least";
        }
    }

    @Override
    public String visit(Condition.Hash condition) {
        String salt = condition.salt().equals(rule) ? "" : ", " + quote(condition.salt());
        String hash = "hash(" + condition.value() + salt + ")";
        return condition.from() == 0
                ? hash + " < " + percent(condition.to()) + "%"
                : hash + " in " + percent(condition.from()) + "%.." + percent(condition.to()) + "%";
    }

    @Override
    public String visit(Condition.Has condition) {
        return "has(" + condition.value() + ")";
    }

    @Override
    public String visit(Condition.Within condition) {
        return "now in " + condition.from() + " .. " + condition.to();
    }

    /** A bound of buckets as a percentage with no more digits than it needs. */
    static String percent(int bucket) {
        return BigDecimal.valueOf(bucket, 2).stripTrailingZeros().toPlainString();
    }

    private static String literal(String text) {
        return text.matches("[A-Za-z0-9._@:/-]+") ? text : quote(text);
    }

    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
