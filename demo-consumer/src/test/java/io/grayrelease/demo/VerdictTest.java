package io.grayrelease.demo;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTest {
    private static final Expectation BASELINE = Expectations.everybodyBaseline();
    private static final Answer GOOD = new Answer(1, "-", "order 1.0.0 > stock 1.0.0");

    @Test
    void everyAnswerAsExpected_holds() {
        assertThat(Verdict.of(2, List.of(GOOD, GOOD), BASELINE).holds()).isTrue();
    }

    @Test
    void wrongPath_wrongTag_andFailure_areEachADifference() {
        List<Answer> answers = List.of(
                GOOD,
                new Answer(2, "-", "order 1.0.0 > stock 2.0.0"),
                new Answer(3, "- then T", "order 1.0.0 > stock 1.0.0"),
                Answer.failed(4, new IllegalStateException("no\nprovider")));

        assertThat(Verdict.of(4, answers, BASELINE).differences())
                .containsExactly(
                        "uid 2: expected -, order 1.0.0 > stock 1.0.0; was -, order 1.0.0 > stock 2.0.0",
                        "uid 3: expected -, order 1.0.0 > stock 1.0.0; was - then T, order 1.0.0 > stock 1.0.0",
                        "uid 4: expected -, order 1.0.0 > stock 1.0.0; was ?, failed: no provider");
    }

    @Test
    void missingAnswers_doNotHold() {
        assertThat(Verdict.of(2, List.of(GOOD), BASELINE).holds()).isFalse();
        assertThat(Verdict.of(2, List.of(), BASELINE).holds()).isFalse();
    }
}
