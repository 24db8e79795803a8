package io.grayrelease.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What orders may be, as writers were told. A write takes its number while it holds the row's lock, which it keeps to its commit:
 * so the numbers of a row's writes are in the order of their commits, in whichever store. Of a write whose answer was lost nobody
 * knows whether it was committed, and both may be. Thread-safe.
 */
final class Oracle {
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Map<Long, Effect>> byOrder = new TreeMap<>();
    private final Map<Long, Order> before = new TreeMap<>();

    enum What {
        INSERT,
        UPDATE,
        DELETE
    }

    /** What a write has done to one row, as the primary told within the transaction. */
    record Effect(long number, What what, Order order, boolean knowsNew, boolean sure, String where) {
        /** The row after it; empty where it cannot have been done to this row. */
        List<State> on(State state) {
            boolean there = state.order != null;
            if (there == (what == What.INSERT)) {
                return List.of();
            }
            if (what == What.DELETE) {
                return List.of(new State(null));
            }
            Order now = state.order;
            return List.of(new State(
                    knowsNew
                            ? order
                            : now == null
                                    ? new Order(order.id(), order.customer(), order.amount(), "web", null)
                                    : new Order(
                                            order.id(),
                                            order.customer(),
                                            order.amount(),
                                            now.channel(),
                                            now.priority())));
        }

        Effect maybe() {
            return new Effect(number, what, order, knowsNew, false, where);
        }
    }

    private record State(@Nullable Order order) {}

    /** Where is for people. */
    Effect effect(What what, Order order, boolean knowsNew, String where) {
        return new Effect(numbers.incrementAndGet(), what, order, knowsNew, true, where);
    }

    void before(Order order) {
        before.put(order.id(), order);
    }

    synchronized void written(List<Effect> effects, boolean sure) {
        for (Effect effect : effects) {
            byOrder.computeIfAbsent(effect.order().id(), id -> new TreeMap<>())
                    .put(effect.number(), sure ? effect : effect.maybe());
        }
    }

    synchronized int size() {
        return byOrder.values().stream().mapToInt(Map::size).sum();
    }

    /** Each order is one that it may be. */
    synchronized void check(Map<Long, Order> found, int orders) {
        for (long id = 0; id < orders; id++) {
            Map<Long, Effect> effects = byOrder.getOrDefault(id, Map.of());
            assertThat(new State(found.get(id)))
                    .as("order %s after %s", id, effects.values())
                    .isIn(states(id, effects));
        }
    }

    private Set<State> states(long id, Map<Long, Effect> effects) {
        Set<State> states = new HashSet<>(Set.of(new State(before.get(id))));
        for (Effect effect : effects.values()) {
            List<State> after = new ArrayList<>();
            states.forEach(state -> after.addAll(effect.on(state)));
            if (effect.sure()) {
                assertThat(after)
                        .as(
                                "%s was acknowledged, and cannot have been done to any of %s; all: %s",
                                effect, states, effects)
                        .isNotEmpty();
                states.clear();
            }
            states.addAll(after);
        }
        return states;
    }
}
