package io.grayrelease.policy.decide;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Value;

/**
 * Makes a condition ready to run: bounds, sets, patterns and networks are prepared here, once. A value that is missing or
 * empty makes its predicate false, whatever the predicate is.
 */
final class MatcherBuilder implements Condition.Visitor<Matcher> {
    private final Clock clock;

    MatcherBuilder(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Matcher visit(Condition.Always condition) {
        return request -> true;
    }

    @Override
    public Matcher visit(Condition.Not condition) {
        Matcher operand = condition.operand().accept(this);
        return request -> !operand.matches(request);
    }

    @Override
    public Matcher visit(Condition.And condition) {
        Matcher[] operands = cheapFirst(condition.operands());
        return request -> {
            for (Matcher operand : operands) {
                if (!operand.matches(request)) {
                    return false;
                }
            }
            return true;
        };
    }

    @Override
    public Matcher visit(Condition.Or condition) {
        Matcher[] operands = cheapFirst(condition.operands());
        return request -> {
            for (Matcher operand : operands) {
                if (operand.matches(request)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Conditions have no side effects, so their order is free: percentages, the only costly ones, come last. */
    private Matcher[] cheapFirst(List<Condition> operands) {
        return operands.stream()
                .sorted(Comparator.comparing(Condition.Hash.class::isInstance))
                .map(operand -> operand.accept(this))
                .toArray(Matcher[]::new);
    }

    @Override
    public Matcher visit(Condition.Equal condition) {
        Predicate<String> equal = oneOf(condition.value(), Collections.singleton(condition.literal()));
        return onValue(condition.value(), condition.negated() ? equal.negate() : equal);
    }

    @Override
    public Matcher visit(Condition.OneOf condition) {
        return onValue(condition.value(), oneOf(condition.value(), condition.literals()));
    }

    private static Predicate<String> oneOf(Value value, Set<String> literals) {
        if (value.kind() != Value.Kind.IP) {
            return literals::contains;
        }
        Networks networks = new Networks(literals);
        return text -> literals.contains(text) || networks.contain(text);
    }

    @Override
    public Matcher visit(Condition.Like condition) {
        Wildcard pattern = new Wildcard(condition.pattern());
        return onValue(condition.value(), pattern::matches);
    }

    @Override
    public Matcher visit(Condition.Modulo condition) {
        Remainder remainder = Remainder.of(condition.modulus(), condition.first(), condition.last());
        return onInteger(condition.value(), remainder::isWithin);
    }

    @Override
    public Matcher visit(Condition.Comparison condition) {
        String number = condition.number().toString();
        switch (condition.operator()) {
            case LESS:
                return onInteger(condition.value(), integer -> DecimalText.compare(integer, number) < 0);
            case AT_MOST:
                return onInteger(condition.value(), integer -> DecimalText.compare(integer, number) <= 0);
            case GREATER:
                return onInteger(condition.value(), integer -> DecimalText.compare(integer, number) > 0);
            default:
                return onInteger(condition.value(), integer -> DecimalText.compare(integer, number) >= 0);
        }
    }

    @Override
    public Matcher visit(Condition.Hash condition) {
        String salt = condition.salt();
        int from = condition.from();
        int to = condition.to();
        return onValue(condition.value(), text -> {
            int bucket = Bucketing.bucket(salt, text);
            return bucket >= from && bucket < to;
        });
    }

    @Override
    public Matcher visit(Condition.Has condition) {
        return onValue(condition.value(), text -> true);
    }

    @Override
    public Matcher visit(Condition.Within condition) {
        Instant from = condition.from();
        Instant to = condition.to();
        return request -> {
            Instant now = clock.instant();
            return !now.isBefore(from) && now.isBefore(to);
        };
    }

    private static Matcher onInteger(Value value, Predicate<String> test) {
        return onValue(value, text -> DecimalText.isInteger(text) && test.test(text));
    }

    private static Matcher onValue(Value value, Predicate<String> test) {
        return request -> {
            String text = text(request, value);
            return text != null && !text.isEmpty() && test.test(text);
        };
    }

    /** A view is told not to throw; from one that does all the same the value is missing. */
    static @Nullable String text(RequestView request, Value value) {
        try {
            return request.get(value);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
