package io.grayrelease.policy.model;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

/**
 * The condition of a rule as a tree. It is only described here; {@code decide} makes it run, other readers (a linter, an
 * Nginx renderer) visit it.
 */
public abstract class Condition {
    Condition() {}

    public abstract <R> R accept(Visitor<R> visitor);

    /** The conditions that this one is made of; none for a predicate. */
    public List<Condition> operands() {
        return Collections.emptyList();
    }

    /** One method per form that a condition can have. */
    public interface Visitor<R> {
        R visit(Always condition);

        R visit(Not condition);

        R visit(And condition);

        R visit(Or condition);

        R visit(Equal condition);

        R visit(OneOf condition);

        R visit(Like condition);

        R visit(Modulo condition);

        R visit(Comparison condition);

        R visit(Hash condition);

        R visit(Has condition);

        R visit(Within condition);
    }

    /** {@code true}. */
    @AutoValue
    public abstract static class Always extends Condition {
        public static Always of() {
            return new AutoValue_Condition_Always();
        }

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code !a}. */
    @AutoValue
    public abstract static class Not extends Condition {
        public static Not of(Condition operand) {
            return new AutoValue_Condition_Not(operand);
        }

        public abstract Condition operand();

        @Override
        public final List<Condition> operands() {
            return Collections.singletonList(operand());
        }

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code a && b}, two operands or more. */
    @AutoValue
    public abstract static class And extends Condition {
        public static And of(List<Condition> operands) {
            return new AutoValue_Condition_And(copy(operands));
        }

        @Override
        public abstract List<Condition> operands();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code a || b}, two operands or more. */
    @AutoValue
    public abstract static class Or extends Condition {
        public static Or of(List<Condition> operands) {
            return new AutoValue_Condition_Or(copy(operands));
        }

        @Override
        public abstract List<Condition> operands();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code value == literal}, or {@code !=}, which is false too when the value is missing. */
    @AutoValue
    public abstract static class Equal extends Condition {
        public static Equal of(Value value, String literal) {
            return new AutoValue_Condition_Equal(value, literal, false);
        }

        public static Equal not(Value value, String literal) {
            return new AutoValue_Condition_Equal(value, literal, true);
        }

        public abstract Value value();

        public abstract String literal();

        /** True for {@code !=}. */
        public abstract boolean negated();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code value in (a, b)} or {@code value in @list}. */
    @AutoValue
    public abstract static class OneOf extends Condition {
        public static OneOf literals(Value value, Set<String> literals) {
            return new AutoValue_Condition_OneOf(
                    value, Collections.unmodifiableSet(new LinkedHashSet<>(literals)), null);
        }

        /** Shares the set of a list: it must not change any more. */
        public static OneOf list(Value value, String list, Set<String> literals) {
            return new AutoValue_Condition_OneOf(value, Collections.unmodifiableSet(literals), list);
        }

        public abstract Value value();

        public abstract Set<String> literals();

        /** The name of the list that the literals come from, or null if they stand in the rule. */
        public abstract @Nullable String list();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code value like "ios-*"}; {@code *} is any run of characters, the empty one too. */
    @AutoValue
    public abstract static class Like extends Condition {
        public static Like of(Value value, String pattern) {
            return new AutoValue_Condition_Like(value, pattern);
        }

        public abstract Value value();

        public abstract String pattern();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code value % m in a..b}: the floor modulus of a decimal integer lies in [first, last]. */
    @AutoValue
    public abstract static class Modulo extends Condition {
        /** {@code value % m < n} is {@code 0..n-1}, {@code value % m == n} is {@code n..n}. The modulus is positive. */
        public static Modulo of(Value value, BigInteger modulus, BigInteger first, BigInteger last) {
            if (modulus.signum() <= 0) {
                throw new IllegalArgumentException("a modulus is at least 1: " + modulus);
            }
            return new AutoValue_Condition_Modulo(value, modulus, first, last);
        }

        public abstract Value value();

        public abstract BigInteger modulus();

        public abstract BigInteger first();

        /** Included. */
        public abstract BigInteger last();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code value < n} and its kin, on decimal integers of any length. */
    @AutoValue
    public abstract static class Comparison extends Condition {
        /** How the value relates to the number. */
        public enum Operator {
            LESS,
            AT_MOST,
            GREATER,
            AT_LEAST
        }

        public static Comparison of(Value value, Operator operator, BigInteger number) {
            return new AutoValue_Condition_Comparison(value, operator, number);
        }

        public abstract Value value();

        public abstract Operator operator();

        public abstract BigInteger number();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code hash(value, "salt") in a% .. b%}: the bucket lies in [from, to). */
    @AutoValue
    public abstract static class Hash extends Condition {
        /** How many buckets there are: one is 0.01 %. */
        public static final int BUCKETS = 10_000;

        /** {@code hash(value) < p%} is {@code 0..p*100}. Bounds lie in 0..10000. */
        public static Hash of(Value value, String salt, int from, int to) {
            if (from < 0 || from > BUCKETS || to < 0 || to > BUCKETS) {
                throw new IllegalArgumentException("buckets lie in 0.." + BUCKETS + ": " + from + ".." + to);
            }
            return new AutoValue_Condition_Hash(value, salt, from, to);
        }

        public abstract Value value();

        public abstract String salt();

        /** The first bucket, 0..10000. */
        public abstract int from();

        /** The bucket after the last, 0..10000. */
        public abstract int to();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code has(value)}: present and not empty. */
    @AutoValue
    public abstract static class Has extends Condition {
        public static Has of(Value value) {
            return new AutoValue_Condition_Has(value);
        }

        public abstract Value value();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /** {@code now in a .. b}: the time of the decision lies in [from, to). */
    @AutoValue
    public abstract static class Within extends Condition {
        public static Within of(Instant from, Instant to) {
            return new AutoValue_Condition_Within(from, to);
        }

        public abstract Instant from();

        public abstract Instant to();

        @Override
        public final <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    private static List<Condition> copy(List<Condition> operands) {
        return Collections.unmodifiableList(new ArrayList<>(operands));
    }
}
