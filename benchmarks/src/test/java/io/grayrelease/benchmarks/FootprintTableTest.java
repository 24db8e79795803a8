package io.grayrelease.benchmarks;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FootprintTableTest {
    private static final List<String> PLAIN = List.of("main", "Netty-1");

    @Test
    void starts_areComparedByTheirMedians() {
        RpcResult result = RpcResults.of(
                List.of(),
                List.of(
                        RpcResults.start(false, 4000, 20, PLAIN),
                        RpcResults.start(true, 4400, 21, PLAIN),
                        RpcResults.start(false, 90_000, 20, PLAIN),
                        RpcResults.start(true, 4400, 21, PLAIN),
                        RpcResults.start(false, 4000, 20, PLAIN),
                        RpcResults.start(true, 90_000, 21, PLAIN)));

        assertThat(section(result))
                .contains("medians of 3 starts")
                .contains("| start until it serves, ms | 4,000 | 4,400 | +400.0 (+10 %) |")
                .contains("| heap after a collection, MB | 20.0 | 21.0 | +1.0 (+5 %) |")
                .contains("| threads | 2.0 | 2.0 | +0.0 (+0 %) |")
                .contains("| threads of our own | 0 | 0 | ≤ 1: met |");
    }

    @Test
    void threads_areOursOrComeWithUs() {
        assertThat(section(withThreads("main", "Netty-1", "Netty-2", "Apollo-1", "Apollo-2", "gray-policy-apollo")))
                .contains("| threads of our own | 0 | 1 | gray-policy-apollo; ≤ 1: met |")
                .contains("| other threads that come with it | | 1 | Apollo-N |");
    }

    @Test
    void moreThanOneThreadOfOurOwn_missesTheGoal() {
        assertThat(section(withThreads("main", "gray-a", "gray-b")))
                .contains("| threads of our own | 0 | 2 | gray-a, gray-b; ≤ 1: **missed** |");
    }

    @Test
    void jars_areSummed() {
        assertThat(section(withThreads("main")))
                .contains(
                        "| size of the jars, KB | Dubbo's 5,600 | ours 150, apollo-client's with what it needs 1,000 | |");
    }

    @Test
    void nothingMeasured_isRefused() {
        assertThatThrownBy(() -> section(RpcResults.of(List.of(), List.of())))
                .hasMessageContaining("nothing was measured");
    }

    private static RpcResult withThreads(String... threads) {
        return RpcResults.of(
                List.of(),
                List.of(RpcResults.start(false, 1, 1, PLAIN), RpcResults.start(true, 1, 1, List.of(threads))));
    }

    private static String section(RpcResult result) {
        return new FootprintTable(result).section();
    }
}
