package io.grayrelease.cli.ramp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StepTest {
    @Test
    void stepsAreReadInOrder() {
        assertThat(Step.all("0.25%, 1%,25 %,100%").toString()).isEqualTo("[0.25%, 1%, 25%, 100%]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1%,", "1", "101%", "1.234%", "-1%", "5%,5%", "5%,1%", "1%,5.00%,5%"})
    void anythingElse_isRefused(String steps) {
        assertThatThrownBy(() -> Step.all(steps)).isInstanceOf(RampException.class);
    }
}
