package io.grayrelease.benchmarks.nginx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class WrkOutputTest {
    private static final String FINE =
            """
            Running 4s test @ http://127.0.0.1:40001/
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.27ms    1.90ms  27.53ms   91.17%
                Req/Sec    81.19k    11.06k   99.00k    67.50%
              Latency Distribution
                 50%  635.00us
                 75%    1.18ms
                 90%    2.94ms
                 99%    9.40ms
              323169 requests in 4.02s, 61.95MB read
            Requests/sec:  80390.30
            Transfer/sec:     15.41MB
            """;

    private static String with(String line) {
        return FINE.replace("Requests/sec", line + "\nRequests/sec");
    }

    @Test
    void run_withoutErrors_hasNoneFailed() {
        assertThat(WrkOutput.parse(FINE)).isEqualTo(new LoadResult(323_169, 0, 4.02, 9.4));
    }

    @Test
    void socketErrors_areAddedUp() {
        assertThat(WrkOutput.parse(with("  Socket errors: connect 1, read 20, write 300, timeout 4000"))
                        .failed())
                .isEqualTo(4_321);
    }

    @Test
    void otherStatuses_areFailures_besideSocketErrors() {
        String both = with("  Socket errors: connect 0, read 5, write 0, timeout 0\n  Non-2xx or 3xx responses: 17");

        assertThat(WrkOutput.parse(both).failed()).isEqualTo(22);
    }

    @ParameterizedTest
    @CsvSource({"850.00us, 0.85", "9.40ms, 9.4", "1.20s, 1200", "1.50m, 90000"})
    void time_inAnyUnit_isInMilliseconds(String written, double millis) {
        assertThat(WrkOutput.parse(FINE.replace("9.40ms", written)).p99Millis()).isCloseTo(millis, within(1e-9));
    }

    @Test
    void outputWithoutLatency_isRefused_tellingWhatIsMissing() {
        assertThatThrownBy(() -> WrkOutput.parse(FINE.replace("99%", "98%")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("99% <time> of --latency")
                .hasMessageContaining("323169 requests");
    }

    @Test
    void messageOfAnError_isRefused() {
        assertThatThrownBy(() -> WrkOutput.parse("unable to connect to 127.0.0.1:1 Connection refused"))
                .hasMessageContaining("<n> requests in <time>");
    }
}
