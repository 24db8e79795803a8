package io.grayrelease.cli.ramp;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LimitsTest {
    private static final Limits LIMITS = new Limits(100, 0.01, 50);
    private static final Figures BASELINE = new Figures(1_000, 10, 200);

    @ParameterizedTest(name = "{0} requests, {1} errors, p99 {2} ms: {3}")
    @CsvSource({
        "100, 0, 150, PASS",
        "100, 2, 250, PASS", // exactly at both limits
        "100, 3, 200, BREACH",
        "100, 0, 250.1, BREACH",
        "99, 99, 9000, HOLD", // too few to say anything
        "0, 0, NaN, HOLD",
        "NaN, 0, 200, HOLD",
        "100, NaN, 200, HOLD",
        "100, 0, NaN, HOLD",
        "100, NaN, 9000, BREACH", // what is known is bad enough
        "100, 99, NaN, BREACH",
        "100, 0, Infinity, BREACH",
    })
    void judgesGrayAgainstBaseline(double requests, double errors, double p99, Judgement.Kind expected) {
        assertThat(LIMITS.judge(new Figures(requests, errors, p99), BASELINE).kind())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"99, 0, 200", "NaN, 0, 200", "1000, NaN, 200", "1000, 0, NaN"})
    void baselineThatIsNotKnown_holds(double requests, double errors, double p99) {
        assertThat(LIMITS.judge(new Figures(100, 0, 150), new Figures(requests, errors, p99))
                        .kind())
                .isEqualTo(Judgement.Kind.HOLD);
    }
}
