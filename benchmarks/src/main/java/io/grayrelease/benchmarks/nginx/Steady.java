package io.grayrelease.benchmarks.nginx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import io.grayrelease.benchmarks.Medians;

/**
 * What fronts can do while nothing changes. Immutable.
 *
 * @param rounds by front, in the order in which they took turns
 */
record Steady(Map<FrontPlan, List<LoadResult>> rounds) {
    static Steady measure(List<Front> fronts, Load load, Lengths lengths) throws IOException, InterruptedException {
        Map<FrontPlan, List<LoadResult>> rounds = new LinkedHashMap<>();
        for (int round = 0; round < lengths.steadyRounds(); round++) {
            for (Front front : fronts) {
                LoadResult result = load.run(front.plan().port(), lengths.steady());
                System.out.printf(
                        "steady, nginx %s, %s: %s%n",
                        front.plan().binary().version(), front.plan().name(), result);
                rounds.computeIfAbsent(front.plan(), unknown -> new ArrayList<>())
                        .add(result);
            }
        }
        return new Steady(rounds);
    }

    Medians medians(FrontPlan front, ToDoubleFunction<LoadResult> figure) {
        return Medians.of(results(front).stream().mapToDouble(figure));
    }

    /** A figure of a front over that of a plain one, round by round. */
    Medians ratio(FrontPlan front, FrontPlan plain, ToDoubleFunction<LoadResult> figure) {
        List<LoadResult> ours = results(front);
        List<LoadResult> theirs = results(plain);
        DoubleStream ratios = IntStream.range(0, ours.size())
                .mapToDouble(round -> figure.applyAsDouble(ours.get(round)) / figure.applyAsDouble(theirs.get(round)));
        return Medians.of(ratios);
    }

    long failed(FrontPlan front) {
        return results(front).stream().mapToLong(LoadResult::failed).sum();
    }

    private List<LoadResult> results(FrontPlan front) {
        return rounds.getOrDefault(front, List.of());
    }
}
