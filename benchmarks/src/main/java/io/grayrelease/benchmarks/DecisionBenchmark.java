package io.grayrelease.benchmarks;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import io.grayrelease.policy.decide.PolicyEvaluator;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.PolicyParser;

/** Deciding one request, and reading a namespace. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecisionBenchmark {
    /** A policy, and a request that it does not know or that its last rule knows. */
    @State(Scope.Benchmark)
    public static class Rules {
        @Param({"10", "1000"})
        int rules;

        @Param({"10", "1000000"})
        int users;

        @Param({"none", "last"})
        String matching;

        PolicyEvaluator evaluator;
        RequestView request;

        @Setup
        public void start() {
            evaluator = PolicyEvaluator.of(Policies.parse(Policies.rules(rules, users)), Clock.systemUTC());
            boolean last = matching.equals("last");
            request = request(last ? Policies.LAST_USER : Policies.NO_USER);
            String tags = evaluator.decide(request).tags().text();
            if (tags.equals("T") != last) {
                throw new IllegalStateException("decided as " + tags);
            }
        }

        private static RequestView request(String uid) {
            return value -> switch (value.kind()) {
                case UID -> uid;
                case HEADER -> "android-14";
                default -> null;
            };
        }
    }

    /** The text of a large policy. */
    @State(Scope.Benchmark)
    public static class Namespace {
        @Param("10000")
        int keys;

        Snapshot snapshot;

        @Setup
        public void start() {
            snapshot = Policies.namespace(keys);
            Policies.parse(snapshot);
        }
    }

    @Benchmark
    public Object decide(Rules rules) {
        return rules.evaluator.decide(rules.request);
    }

    @Benchmark
    public Object parse(Namespace namespace) {
        return PolicyParser.parse(namespace.snapshot);
    }

    @Benchmark
    public Object parseAndCheck(Namespace namespace) {
        return PolicyParser.parse(namespace.snapshot).warnings();
    }
}
