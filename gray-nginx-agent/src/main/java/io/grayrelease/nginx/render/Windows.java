package io.grayrelease.nginx.render;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.Rule;

/** The windows of time in rules: Nginx knows no time of day, so they are decided when its configuration is written. */
final class Windows {
    private Windows() {}

    /** When the next window of a rule that is not off begins or ends; null if none will. */
    static @Nullable Instant nextEdge(List<Rule> rules, Instant now) {
        return rules.stream()
                .filter(rule -> !rule.off())
                .flatMap(rule -> edges(rule.condition()))
                .filter(edge -> edge.isAfter(now))
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static Stream<Instant> edges(Condition condition) {
        if (condition instanceof Condition.Within window) {
            return Stream.of(window.from(), window.to());
        }
        return condition.operands().stream().flatMap(Windows::edges);
    }
}
