package io.grayrelease.benchmarks;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.grayrelease.benchmarks.RpcResult.Round;
import io.grayrelease.benchmarks.RpcResult.Series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RpcTableTest {
    @Test
    void rounds_areShownByTheirMedians() {
        assertThat(section(RpcResults.withRatios(1, 1)))
                .contains("| dubbo | 10 | without our jars | 1,000 | 50.0 | 400 | 3 | 1.00 (1.00 - 1.00) |")
                .contains("| dubbo | 10 | **our jars** | 1,000 | 50.0 | 400 | 3 |  |  |  |");
    }

    @Test
    void goal_isMetAtItsLimit() {
        assertThat(section(RpcResults.withRatios(0.98, 1.02)))
                .contains("| 0.98 (0.98 - 0.98) | 1.02 (1.02 - 1.02) | ≥ 0.98 calls/s, ≤ 1.02 p99: met |");
    }

    @Test
    void goal_isMissedByThroughputOrByP99() {
        assertThat(section(RpcResults.withRatios(0.97, 1))).contains("**missed**");
        assertThat(section(RpcResults.withRatios(1, 1.03))).contains("**missed**");
    }

    @Test
    void ratio_isTakenRoundByRound() {
        // The medians of both are 100, but ours was faster in two of three rounds.
        RpcResult result = RpcResults.of(
                List.of(
                        RpcResults.series("TAG_ROUTER", List.of(50d, 100d, 200d), List.of(1d, 1d, 1d)),
                        RpcResults.series("GRAY", List.of(100d, 200d, 50d), List.of(1d, 1d, 1d))),
                List.of());

        assertThat(section(result))
                .contains("| Dubbo's tag router | 100 | 50.0 | 1.0 | 3 | 2.00 (1.13 - 2.00) | 1.00 (1.00 - 1.00) |");
    }

    @Test
    void ratio_isTakenOfTheSameProtocolAndProviders() {
        List<Round> half = List.of(new Round(1, 1, 1, 0));
        List<Round> whole = List.of(new Round(2, 1, 1, 0));
        RpcResult result = RpcResults.of(
                List.of(
                        new Series("dubbo", 10, "GRAY", half),
                        new Series("tri", 1000, "GRAY", half),
                        new Series("tri", 10, "GRAY", whole),
                        new Series("tri", 10, "WITHOUT", half)),
                List.of());

        assertThat(section(result))
                .contains("| tri | 10 | without our jars | 1.0 | 1.0 | 1.0 | 0 | 2.00 (2.00 - 2.00) |");
    }

    @Test
    void rowsWithoutOurs_areRefused() {
        RpcResult result = RpcResults.of(List.of(RpcResults.series("WITHOUT", List.of(1d), List.of(1d))), List.of());

        assertThatThrownBy(() -> section(result)).hasMessageContaining("no rounds with our jars beside");
    }

    private static String section(RpcResult result) {
        return new RpcTable(result).section();
    }
}
