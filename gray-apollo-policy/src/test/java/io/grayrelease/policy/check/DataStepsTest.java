package io.grayrelease.policy.check;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.PolicyParser;

import static org.assertj.core.api.Assertions.assertThat;

class DataStepsTest {
    private static final GrayPolicy NOTHING = policy(Map.of("gray.switch", "on"));

    private static GrayPolicy policy(Map<String, String> keys) {
        return PolicyParser.parse(Snapshot.of(keys)).policy();
    }

    private static GrayPolicy in(String phase) {
        return policy(Map.of("gray.data.order-v2", phase, "gray.route.T", "a:2"));
    }

    private static List<String> warnings(GrayPolicy before, GrayPolicy after) {
        return DataSteps.check(before, after).stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "OLD_ONLY, CAPTURE",
        "CAPTURE, GRAY_READ",
        "GRAY_READ, NEW_PRIMARY",
        "NEW_PRIMARY, NEW_ONLY",
        "NEW_PRIMARY, GRAY_READ",
        "GRAY_READ, CAPTURE",
        "GRAY_READ, OLD_ONLY",
        "CAPTURE, OLD_ONLY"
    })
    void oneStep_isNoWarning(String from, String to) {
        assertThat(warnings(in(from), in(to))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OLD_ONLY | GRAY_READ | CAPTURE after OLD_ONLY",
                "OLD_ONLY | NEW_PRIMARY | CAPTURE after OLD_ONLY",
                "OLD_ONLY | NEW_ONLY | CAPTURE after OLD_ONLY",
                "CAPTURE | NEW_PRIMARY | GRAY_READ or OLD_ONLY after CAPTURE",
                "CAPTURE | NEW_ONLY | GRAY_READ or OLD_ONLY after CAPTURE",
                "GRAY_READ | NEW_ONLY | NEW_PRIMARY or CAPTURE or OLD_ONLY after GRAY_READ",
                "NEW_PRIMARY | CAPTURE | NEW_ONLY or GRAY_READ after NEW_PRIMARY",
                "NEW_PRIMARY | OLD_ONLY | NEW_ONLY or GRAY_READ after NEW_PRIMARY",
                "NEW_ONLY | NEW_PRIMARY | NEW_ONLY to stay, which has no way back",
                "NEW_ONLY | OLD_ONLY | NEW_ONLY to stay, which has no way back"
            })
    void skippedPhase_isAWarningThatNamesTheNextSteps(String from, String to, String expected) {
        assertThat(warnings(in(from), in(to)))
                .containsExactly(
                        "gray.data.order-v2: found a step from " + from + " to " + to + ", expected " + expected);
    }

    @ParameterizedTest
    @EnumSource(DataPhase.class)
    void samePhase_withAnotherTag_isNoWarning(DataPhase phase) {
        assertThat(warnings(in(phase.name()), in(phase + "; read=T"))).isEmpty();
    }

    @Test
    void keyThatIsGone_isAWarningThatNamesThePhaseThatStays() {
        assertThat(warnings(in("NEW_PRIMARY"), NOTHING))
                .containsExactly("gray.data.order-v2: found no such key any more, expected one until no service has the"
                        + " migration: those that know it stay in NEW_PRIMARY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OLD_ONLY", "CAPTURE"})
    void newKey_atTheStart_isNoWarning(String phase) {
        assertThat(warnings(NOTHING, in(phase))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GRAY_READ", "NEW_PRIMARY", "NEW_ONLY"})
    void newKey_furtherOn_isAWarning(String phase) {
        assertThat(warnings(NOTHING, in(phase)))
                .containsExactly("gray.data.order-v2: found " + phase + ", where the policy before had no such key,"
                        + " expected OLD_ONLY or CAPTURE, except where services are in that phase already");
    }
}
