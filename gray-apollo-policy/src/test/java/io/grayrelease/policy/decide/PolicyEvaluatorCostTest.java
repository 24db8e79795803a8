package io.grayrelease.policy.decide;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.PolicyParser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** What is counted, as against timed. */
class PolicyEvaluatorCostTest {
    private static final int REQUESTS = 20_000;
    private static final int ROUNDS = 20;

    @Test
    void requestThatNothingMatches_allocatesNothing() {
        PolicyEvaluator evaluator = evaluator();
        RequestView request = value -> switch (value.kind()) {
            case UID -> "10086";
            case HEADER -> "android-14";
            default -> null;
        };
        assertThat(evaluator.decide(request)).isSameAs(Decision.NO_MATCH);

        assertThat(allocated(() -> evaluator.decide(request))).isZero();
    }

    private static PolicyEvaluator evaluator() {
        Map<String, String> keys = new HashMap<>();
        keys.put("gray.route.T", "a.B:2.0.0");
        keys.put("gray.list.l", "1, 2, 3");
        keys.put("gray.rule.1-list", "uid in @l => T");
        keys.put("gray.rule.2-hash", "hash(uid) < 0.01% => T");
        keys.put("gray.rule.3-modulo", "uid % 100 in 10..19 => T");
        keys.put("gray.rule.4-like", "header[\"x-app\"] like \"ios-*\" => T");
        keys.put("gray.rule.5-both", "hash(uid, \"s\") < 50% && header[\"x-app\"] == ios => T");
        keys.put("gray.rule.6-number", "uid > 20000 || has(token) => T");
        GrayPolicy policy = requireNonNull(PolicyParser.parse(Snapshot.of(keys)).policy());
        return PolicyEvaluator.of(policy, Clock.systemUTC());
    }

    /** Bytes per request; the least of some rounds, since the first ones are not compiled. */
    private static long allocated(Runnable request) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < REQUESTS; i++) {
                request.run();
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / REQUESTS);
        }
        return least;
    }
}
