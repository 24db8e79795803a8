package io.grayrelease.policy.model;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProblemTest {
    @Test
    void problem_isOneLineThatSaysWhereAndWhat() {
        Problem inValue = Problem.inValue("gray.rule.1-a", 8, "\"@testrs\"", "a list");

        assertThat(inValue).hasToString("gray.rule.1-a, column 8: found \"@testrs\", expected a list");
        assertThat(inValue.withSuggestion("testers"))
                .hasToString("gray.rule.1-a, column 8: found \"@testrs\", expected a list; did you mean \"testers\"?");
        assertThat(inValue.withSuggestion(null)).isEqualTo(inValue);
    }

    @Test
    void problemOfAKey_hasNoColumn_andThatOfAllNoKey() {
        assertThat(Problem.ofKey("gray.swich", "this key", "a key of a policy"))
                .hasToString("gray.swich: found this key, expected a key of a policy");
        assertThat(Problem.ofKey("", "no key", "at least one"))
                .hasToString("namespace: found no key, expected at least one");
    }

    @Test
    void columns_countFromOne() {
        assertThatThrownBy(() -> Problem.inValue("gray.switch", 0, "x", "on or off"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
