package io.grayrelease.nginx.agent;

import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Rule;

/** The moments at which a policy begins to say something else by itself. */
final class WindowEdges {
    private WindowEdges() {}

    /** The first edge of a {@code now} window after a moment; null if there is none. */
    static @Nullable Instant after(Instant moment, GrayPolicy policy) {
        return policy.on()
                ? policy.rules().stream()
                        .filter(rule -> !rule.off())
                        .map(Rule::condition)
                        .flatMap(WindowEdges::edges)
                        .filter(moment::isBefore)
                        .min(Comparator.naturalOrder())
                        .orElse(null)
                : null;
    }

    private static Stream<Instant> edges(Condition condition) {
        return condition instanceof Condition.Within within
                ? Stream.of(within.from(), within.to())
                : condition.operands().stream().flatMap(WindowEdges::edges);
    }
}
