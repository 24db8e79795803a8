package io.grayrelease.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.dubbo.common.Version;
import org.jspecify.annotations.Nullable;

/** Writes the results of one run of all benchmarks as a page and a chart. */
final class Report {
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("RoutingBenchmark", "Routing a call; the floor is `cloneOnly`, `BitList.clone` alone");
        TITLES.put("DecisionBenchmark", "Deciding a request, and reading a namespace");
        TITLES.put("CarryingBenchmark", "Carrying a tag through one service; the floor is `without` our filters");
        TITLES.put(
                "EffectBenchmark", "Publishing a policy of 10,000 keys; the floor is `delivered`, apollo-client alone");
        TITLES.put(
                "EntryBenchmark",
                "An HTTP request and its filter; the floor has no filter, or a Spring filter that copies a header");
        TITLES.put("IndexBenchmark", "Taking a new address list");
    }

    private final List<Measurement> measurements;
    private final @Nullable RpcResult rpc;

    /** A report of JMH's results and, if there is one, of a run between processes. */
    Report(List<Measurement> measurements, @Nullable RpcResult rpc) {
        this.measurements = measurements;
        this.rpc = rpc;
    }

    /**
     * Arguments: the folder to write to, how the run is called, the options of its JVMs, the result of the run between
     * processes, and JMH's results.
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        List<Path> results = Stream.of(args).skip(4).map(Path::of).toList();
        Report report = new Report(Measurement.read(results), RpcResult.read(Path.of(args[3])));
        Files.writeString(folder.resolve("benchmarks.md"), report.page(machine(args[1], args[2])));
        Chart.write(Chart.draw(report.measurements), folder.resolve("benchmarks.svg"));
    }

    /** The page; what it says of the machine is given. */
    String page(String machine) {
        StringBuilder page = new StringBuilder("# Benchmarks\n\nWritten by `scripts/bench.sh`; do not edit.\n\n")
                .append(
                        "An Nginx that the agent drives is on [a page of its own](benchmarks-nginx.md), and so are [two stores]")
                .append("(benchmarks-data.md).\n\n")
                .append(machine)
                .append("\n![Time per call over providers](benchmarks.svg)\n\n")
                .append("ns/op is the median of the iterations, the range is from the fastest to the slowest. ")
                .append("\"× floor\" compares with the floor of the same run and the same number of providers.\n");
        TITLES.forEach((group, title) -> table(page, group, title));
        if (rpc != null) {
            page.append(new RpcTable(rpc).section()).append(new FootprintTable(rpc).section());
        }
        return page.toString();
    }

    private void table(StringBuilder page, String group, String title) {
        List<Measurement> rows = measurements.stream()
                .filter(measurement -> measurement.group().equals(group))
                .toList();
        if (!rows.isEmpty()) {
            page.append("\n## ").append(title).append("\n\n");
            page.append("| benchmark | parameters | ns/op | range | B/op | time × floor | bytes × floor | goal |\n");
            page.append("|---|---|--:|--:|--:|--:|--:|---|\n");
            rows.forEach(row -> page.append(row(row)));
        }
    }

    private String row(Measurement row) {
        Measurement floor = floor(row);
        Goal goal = Goal.of(row, floor);
        String parameters = row.parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(", "));
        List<String> cells = new ArrayList<>(Arrays.asList(
                row.name(),
                parameters,
                number(row.nanos()),
                number(row.least()) + " - " + number(row.most()),
                number(row.bytes())));
        cells.add(floor == null ? "" : ratio(row.nanos(), floor.nanos()));
        cells.add(floor == null ? "" : ratio(row.bytes(), floor.bytes()));
        cells.add(goal == null ? "" : goal.toString());
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private @Nullable Measurement floor(Measurement row) {
        return measurements.stream()
                .filter(other -> other.is("RoutingBenchmark", "cloneOnly")
                        || other.is("CarryingBenchmark", "without")
                        || other.is("EffectBenchmark", "delivered")
                        || isEntryFloor(row, other))
                .filter(other -> other.group().equals(row.group()) && !other.equals(row))
                .filter(other -> other.number("providers") == row.number("providers"))
                .findFirst()
                .orElse(null);
    }

    private static boolean isEntryFloor(Measurement row, Measurement other) {
        String floor = row.is("EntryBenchmark", "request") ? "none" : "copies a header";
        return row.group().equals("EntryBenchmark")
                && other.is("EntryBenchmark", row.name())
                && floor.equals(other.parameters().get("filter"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String ratio(double value, double floor) {
        return floor < 0.01 ? "" : String.format(Locale.ROOT, "%.2f", value / floor);
    }

    private static String machine(String run, String options) throws IOException {
        return String.format(
                Locale.ROOT,
                """
                | | |
                |---|---|
                | Run | %s, %s |
                | Machine | %s |
                | JVM | %s, `%s` |
                | Dubbo | %s |
                | JMH | %s |
                """,
                run,
                LocalDate.now(ZoneOffset.UTC),
                Machine.hardware(),
                Machine.java(),
                options,
                Version.getVersion(),
                org.openjdk.jmh.util.Version.getPlainVersion());
    }
}
