package io.grayrelease.policy.check;

import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/** Whole numbers from a first to a last one, both included; null means without end. Immutable. */
final class Interval {
    private final @Nullable BigInteger first;
    private final @Nullable BigInteger last;

    private Interval(@Nullable BigInteger first, @Nullable BigInteger last) {
        this.first = first;
        this.last = last;
    }

    static Interval of(@Nullable BigInteger first, @Nullable BigInteger last) {
        return new Interval(first, last);
    }

    /** Buckets from one up to, but without, another. */
    static Interval below(long from, long to) {
        return of(BigInteger.valueOf(from), BigInteger.valueOf(to).subtract(BigInteger.ONE));
    }

    boolean isEmpty() {
        return first != null && last != null && first.compareTo(last) > 0;
    }

    Interval and(Interval other) {
        BigInteger higher = first == null ? other.first : other.first == null ? first : first.max(other.first);
        BigInteger lower = last == null ? other.last : other.last == null ? last : last.min(other.last);
        return of(higher, lower);
    }
}
