package io.grayrelease.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.grayrelease.benchmarks.RpcResult.Round;
import io.grayrelease.benchmarks.RpcResult.Series;
import io.grayrelease.benchmarks.RpcResult.Start;

/** Results of runs that nobody made. */
final class RpcResults {
    private static final List<String> THREADS = List.of("main", "Netty-1", "Netty-2");
    private static final Map<String, Long> JARS = Map.of(
            "gray-a-1.0.jar", 100_000L,
            "gray-b-1.0.jar", 50_000L,
            "dubbo-3.3.6.jar", 5_600_000L,
            "apollo-client-2.4.0.jar", 300_000L,
            "guice-5.0.1.jar", 700_000L);

    private RpcResults() {}

    /** Three rounds with and without our jars, of which the second ones were disturbed. */
    static RpcResult withRatios(double throughput, double p99) {
        return of(
                List.of(
                        series("WITHOUT", List.of(1000d, 100d, 2000d), List.of(200d, 9000d, 400d)),
                        series(
                                "GRAY",
                                List.of(1000 * throughput, 100 * throughput, 2000 * throughput),
                                List.of(200 * p99, 9000 * p99, 400 * p99))),
                List.of(start(false, 4000, 20, THREADS), start(true, 4400, 21, THREADS)));
    }

    static RpcResult of(List<Series> series, List<Start> starts) {
        return new RpcResult("-Xmx256m", 4, series, starts, JARS);
    }

    /** On {@code dubbo} and 10 providers; every round has a wrong call. */
    static Series series(String variant, List<Double> perSecond, List<Double> p99) {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < perSecond.size(); i++) {
            rounds.add(new Round(perSecond.get(i), 50, p99.get(i), 1));
        }
        return new Series("dubbo", 10, variant, rounds);
    }

    static Start start(boolean jars, double millis, int megabytes, List<String> threads) {
        return new Start(jars, millis, megabytes * 1_000_000L, threads);
    }
}
