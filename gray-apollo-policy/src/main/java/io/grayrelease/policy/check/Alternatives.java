package io.grayrelease.policy.check;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Value;

/**
 * A condition as alternatives, each of them {@link Constraints}: its disjunctive normal form, given up (anything may match)
 * where it would grow too large.
 */
final class Alternatives implements Condition.Visitor<List<Constraints>> {
    private static final int MAX = 64;
    private static final List<Constraints> ANYTHING = Collections.singletonList(Constraints.NONE);
    private static final List<Constraints> NOTHING = Collections.singletonList(Constraints.NEVER);
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    private final boolean negated;

    private Alternatives(boolean negated) {
        this.negated = negated;
    }

    static List<Constraints> of(Condition condition) {
        return condition.accept(new Alternatives(false));
    }

    /** Whether certainly no request matches both. */
    static boolean areDisjoint(List<Constraints> a, List<Constraints> b) {
        return a.stream().allMatch(x -> b.stream().allMatch(y -> x.and(y).isNever()));
    }

    private List<Constraints> predicate(Constraints constraints) {
        return negated ? ANYTHING : Collections.singletonList(constraints);
    }

    @Override
    public List<Constraints> visit(Condition.Always condition) {
        return negated ? NOTHING : ANYTHING;
    }

    @Override
    public List<Constraints> visit(Condition.Not condition) {
        return condition.operand().accept(new Alternatives(!negated));
    }

    @Override
    public List<Constraints> visit(Condition.And condition) {
        return negated ? any(condition.operands()) : all(condition.operands());
    }

    @Override
    public List<Constraints> visit(Condition.Or condition) {
        return negated ? all(condition.operands()) : any(condition.operands());
    }

    private List<Constraints> any(List<Condition> operands) {
        List<Constraints> alternatives = new ArrayList<>();
        for (Condition operand : operands) {
            alternatives.addAll(operand.accept(this));
        }
        return alternatives.size() <= MAX ? alternatives : ANYTHING;
    }

    private List<Constraints> all(List<Condition> operands) {
        List<Constraints> alternatives = ANYTHING;
        for (Condition operand : operands) {
            List<Constraints> next = operand.accept(this);
            if (alternatives.size() * next.size() <= MAX) { // else leave it out: that demands less
                alternatives = product(alternatives, next);
            }
        }
        return alternatives;
    }

    private static List<Constraints> product(List<Constraints> a, List<Constraints> b) {
        List<Constraints> product = new ArrayList<>();
        a.forEach(x -> b.forEach(y -> product.add(x.and(y))));
        return product;
    }

    @Override
    public List<Constraints> visit(Condition.Equal condition) {
        boolean exact = !condition.negated() && isText(condition.value());
        return predicate(
                exact
                        ? Constraints.text(condition.value().toString(), Collections.singleton(condition.literal()))
                        : present(condition.value()));
    }

    @Override
    public List<Constraints> visit(Condition.OneOf condition) {
        Set<String> literals = condition.literals();
        boolean exact = isText(condition.value()) || literals.isEmpty();
        return predicate(exact ? Constraints.text(condition.value().toString(), literals) : present(condition.value()));
    }

    /** An address is compared by networks, which other texts may share. */
    private static boolean isText(Value value) {
        return value.kind() != Value.Kind.IP;
    }

    private static Constraints present(Value value) {
        return Constraints.present(value.toString(), true);
    }

    @Override
    public List<Constraints> visit(Condition.Like condition) {
        return predicate(present(condition.value()));
    }

    @Override
    public List<Constraints> visit(Condition.Modulo condition) {
        String value = condition.value().toString();
        Interval remainders = Interval.of(BigInteger.ZERO, condition.modulus().subtract(BigInteger.ONE));
        return predicate(Constraints.number(
                value,
                value + " % " + condition.modulus(),
                remainders.and(Interval.of(condition.first(), condition.last()))));
    }

    @Override
    public List<Constraints> visit(Condition.Comparison condition) {
        String value = condition.value().toString();
        return predicate(Constraints.number(value, value + " as number", interval(condition)));
    }

    private static Interval interval(Condition.Comparison condition) {
        BigInteger number = condition.number();
        switch (condition.operator()) {
            case LESS:
                return Interval.of(null, number.subtract(BigInteger.ONE));
            case AT_MOST:
                return Interval.of(null, number);
            case GREATER:
                return Interval.of(number.add(BigInteger.ONE), null);
            default:
                return Interval.of(number, null);
        }
    }

    @Override
    public List<Constraints> visit(Condition.Hash condition) {
        String value = condition.value().toString();
        return predicate(Constraints.number(
                value,
                "hash of " + value + " with " + condition.salt(),
                Interval.below(condition.from(), condition.to())));
    }

    @Override
    public List<Constraints> visit(Condition.Has condition) {
        return Collections.singletonList(Constraints.present(condition.value().toString(), !negated));
    }

    @Override
    public List<Constraints> visit(Condition.Within condition) {
        return predicate(Constraints.time(
                Interval.of(nanos(condition.from()), nanos(condition.to()).subtract(BigInteger.ONE))));
    }

    private static BigInteger nanos(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond()).multiply(NANOS).add(BigInteger.valueOf(instant.getNano()));
    }
}
