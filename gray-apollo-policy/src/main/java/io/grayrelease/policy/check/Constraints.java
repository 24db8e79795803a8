package io.grayrelease.policy.check;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a conjunction of predicates demands of a request, as far as it is understood: which texts a value may have, in which
 * interval a number derived from it lies, whether a value is there. What is not understood demands nothing, so "cannot
 * match" is only said where it is certain. Immutable.
 */
final class Constraints {
    static final Constraints NONE = new Constraints(false);
    static final Constraints NEVER = new Constraints(true);

    private final boolean never;
    private final Map<String, Set<String>> texts = new HashMap<>();
    private final Map<String, Interval> numbers = new HashMap<>();
    private final Map<String, Boolean> presence = new HashMap<>();

    private Constraints(boolean never) {
        this.never = never;
    }

    /** The value is one of these texts. */
    static Constraints text(String value, Set<String> texts) {
        Constraints constraints = present(value, true);
        constraints.texts.put(value, texts);
        return constraints;
    }

    /** A number that comes from the value in a certain way lies in an interval. */
    static Constraints number(String value, String way, Interval interval) {
        Constraints constraints = present(value, true);
        constraints.numbers.put(way, interval);
        return constraints;
    }

    /** The time lies in an interval. */
    static Constraints time(Interval interval) {
        Constraints constraints = new Constraints(false);
        constraints.numbers.put("now", interval);
        return constraints;
    }

    static Constraints present(String value, boolean present) {
        Constraints constraints = new Constraints(false);
        constraints.presence.put(value, present);
        return constraints;
    }

    /** Both at once. */
    Constraints and(Constraints other) {
        if (never || other.never) {
            return NEVER;
        }
        Constraints both = new Constraints(false);
        for (Constraints part : new Constraints[] {this, other}) {
            part.texts.forEach((value, set) -> both.texts.merge(value, set, Constraints::common));
            part.numbers.forEach((way, interval) -> both.numbers.merge(way, interval, Interval::and));
            for (Map.Entry<String, Boolean> entry : part.presence.entrySet()) {
                if (!entry.getValue().equals(both.presence.getOrDefault(entry.getKey(), entry.getValue()))) {
                    return NEVER;
                }
                both.presence.put(entry.getKey(), entry.getValue());
            }
        }
        return both;
    }

    private static Set<String> common(Set<String> a, Set<String> b) {
        boolean aIsSmaller = a.size() <= b.size(); // the other one may be a list of a million uids
        Set<String> common = new LinkedHashSet<>(aIsSmaller ? a : b);
        common.retainAll(aIsSmaller ? b : a);
        return common;
    }

    /** Whether certainly no request fulfils these. */
    boolean isNever() {
        return never
                || texts.values().stream().anyMatch(Set::isEmpty)
                || numbers.values().stream().anyMatch(Interval::isEmpty);
    }
}
