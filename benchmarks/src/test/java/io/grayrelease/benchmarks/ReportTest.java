package io.grayrelease.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYSeries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReportTest {
    @TempDir
    Path folder;

    @Test
    void row_comparesWithTheFloorOfAsManyProviders() throws IOException {
        String page = page(
                run("RoutingBenchmark.cloneOnly", "\"providers\": \"10\"", 20, 100),
                run("RoutingBenchmark.cloneOnly", "\"providers\": \"100\"", 40, 200),
                run("RoutingBenchmark.grayTagged", "\"providers\": \"100\", \"routes\": \"10\"", 60, 300));

        assertThat(page)
                .contains("| grayTagged | providers=100, routes=10 | 60.0 | 1.5 - 4,000,000,000 | 300 | 1.50 | 1.50 |"
                        + " ≤ 2 × time, ≤ 2 × bytes: met |")
                .contains("| cloneOnly | providers=10 | 20.0 | 1.5 - 4,000,000,000 | 100 |  |  |  |");
    }

    @Test
    void router_missesItsGoalByTimeOrByBytes() throws IOException {
        String clone = run("RoutingBenchmark.cloneOnly", "\"providers\": \"10\"", 20, 100);

        assertThat(page(clone, run("RoutingBenchmark.grayTagged", "\"providers\": \"10\"", 41, 100)))
                .contains("**missed**");
        assertThat(page(clone, run("RoutingBenchmark.grayTagged", "\"providers\": \"10\"", 20, 201)))
                .contains("**missed**");
        assertThat(page(clone, run("RoutingBenchmark.dubboTagged", "\"providers\": \"10\"", 41, 100)))
                .doesNotContain("missed");
    }

    @Test
    void decision_hasAGoalByTheNumberOfItsRules() throws IOException {
        assertThat(page(run("DecisionBenchmark.decide", "\"rules\": \"10\"", 301, 0)))
                .contains("≤ 300 ns: **missed**");
        assertThat(page(run("DecisionBenchmark.decide", "\"rules\": \"1000\"", 9_999, 0)))
                .contains("| 9,999 | 1.5 - 4,000,000,000 | 0.0 |")
                .contains("≤ 10 µs: met");
    }

    @Test
    void carrying_countsWhatTheFiltersAdd() throws IOException {
        String without = run("CarryingBenchmark.without", "", 5, 0);

        assertThat(page(without, run("CarryingBenchmark.filters", "", 155, 40)))
                .contains(
                        "| filters |  | 155 | 1.5 - 4,000,000,000 | 40.0 | 31.00 |  | ≤ 150 ns more than without: met |");
    }

    @Test
    void index_hasAGoalFor10000ProvidersOnly() throws IOException {
        assertThat(page(run("IndexBenchmark.index", "\"providers\": \"10000\"", 2e7, 0)))
                .contains("≤ 20 ms: met");
        assertThat(page(run("IndexBenchmark.index", "\"providers\": \"1000\"", 2e7, 0)))
                .doesNotContain("≤");
    }

    @Test
    void otherUnits_areRefused() {
        String inMillis = run("IndexBenchmark.index", "", 1, 0).replace("ns/op", "ms/op");

        assertThatThrownBy(() -> page(inMillis)).hasMessageContaining("not in ns/op");
    }

    @Test
    void main_writesPageAndChart() throws IOException {
        Path result = result(
                run("RoutingBenchmark.cloneOnly", "\"providers\": \"10\"", 20, 100),
                run("RoutingBenchmark.cloneOnly", "\"providers\": \"10000\"", 400, 100),
                run("RoutingBenchmark.grayTagged", "\"providers\": \"10\", \"routes\": \"10\"", 60, 300),
                run("RoutingBenchmark.grayTagged", "\"providers\": \"10\", \"routes\": \"1\"", 60, 300));

        Path rpc = folder.resolve("rpc.json");
        RpcResults.withRatios(1, 1).write(rpc);
        Report.main(new String[] {folder.toString(), "a test", "-Xmx1g", rpc.toString(), result.toString()});

        assertThat(folder.resolve("benchmarks.md"))
                .content()
                .contains(
                        "a test",
                        "-Xmx1g",
                        "3.3.6",
                        "1.37",
                        "cores",
                        "(benchmarks.svg)",
                        "## Whole RPC",
                        "## Footprint");
        assertThat(folder.resolve("benchmarks.svg"))
                .content()
                .startsWith("<?xml")
                .contains("<svg");
        Map<String, XYSeries> lines =
                Chart.draw(Measurement.read(List.of(result))).getSeriesMap();
        assertThat(lines).containsOnlyKeys("ours, tagged", "BitList.clone alone");
        assertThat(lines.get("BitList.clone alone").getXData()).containsExactly(10, 10_000);
        assertThat(lines.get("ours, tagged").getYData()).containsExactly(60);
    }

    private String page(String... runs) throws IOException {
        return new Report(Measurement.read(List.of(result(runs))), null).page("");
    }

    private Path result(String... runs) throws IOException {
        return Files.writeString(folder.resolve("jmh.json"), "[" + String.join(",", runs) + "]");
    }

    /** As JMH writes it, but for what the report does not read. */
    private static String run(String benchmark, String parameters, double nanos, double bytes) {
        return """
                {
                  "benchmark": "io.grayrelease.benchmarks.%s",
                  "params": {%s},
                  "primaryMetric": {
                    "score": 1e9,
                    "scorePercentiles": {"0.0": 1.5, "50.0": %s, "90.0": 3e9, "100.0": 4e9},
                    "scoreUnit": "ns/op"
                  },
                  "secondaryMetrics": {
                    "gc.alloc.rate.norm": {"score": %s, "scoreError": "NaN", "scoreUnit": "B/op"}
                  }
                }
                """
                .formatted(benchmark, parameters, nanos, bytes);
    }
}
