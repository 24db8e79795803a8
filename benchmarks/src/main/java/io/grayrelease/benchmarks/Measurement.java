package io.grayrelease.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * One line of JMH's result.
 *
 * @param group the benchmark's class, {@code RoutingBenchmark}
 * @param name its method
 * @param parameters values by name
 * @param nanos per call: the median of the iterations, since one that shared its core says nothing of the code
 * @param least the fastest iteration
 * @param most the slowest
 * @param bytes allocated per call
 */
record Measurement(
        String group,
        String name,
        Map<String, String> parameters,
        double nanos,
        double least,
        double most,
        double bytes) {

    /** The measurements of some results of JMH's ({@code -rf json -prof gc}), in their order. */
    static List<Measurement> read(List<Path> results) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        for (Path result : results) {
            try (Reader reader = Files.newBufferedReader(result)) {
                for (JsonElement run : JsonParser.parseReader(reader).getAsJsonArray()) {
                    measurements.add(of(run.getAsJsonObject()));
                }
            }
        }
        return measurements;
    }

    private static Measurement of(JsonObject run) {
        String[] names = run.get("benchmark").getAsString().split("\\.", -1);
        Map<String, String> parameters = new TreeMap<>();
        if (run.has("params")) {
            run.getAsJsonObject("params").asMap().forEach((name, value) -> parameters.put(name, value.getAsString()));
        }
        JsonObject time = run.getAsJsonObject("primaryMetric");
        if (!time.get("scoreUnit").getAsString().equals("ns/op")) {
            throw new IllegalArgumentException(run.get("benchmark") + " is not in ns/op");
        }
        JsonObject iterations = time.getAsJsonObject("scorePercentiles");
        JsonObject allocated = run.getAsJsonObject("secondaryMetrics").getAsJsonObject("gc.alloc.rate.norm");
        return new Measurement(
                names[names.length - 2],
                names[names.length - 1],
                parameters,
                iterations.get("50.0").getAsDouble(),
                iterations.get("0.0").getAsDouble(),
                iterations.get("100.0").getAsDouble(),
                allocated.get("score").getAsDouble());
    }

    boolean is(String otherGroup, String otherName) {
        return group.equals(otherGroup) && name.equals(otherName);
    }

    /** A parameter that is a number; 0 if it has none of that name. */
    int number(String parameter) {
        return Integer.parseInt(parameters.getOrDefault(parameter, "0"));
    }
}
