package io.grayrelease.cli.ramp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RuleTextTest {
    private static final String KEY = "gray.rule.1-r";

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    hash(uid) < 1% => T                           ~ hash(uid) < 5% => T
                    hash(uid, "a < 9% b") <  0.25 % => T ; stop   ~ hash(uid, "a < 9% b") <  5% => T ; stop
                    uid % 100 < 10 && hash(uid) < 1% => T         ~ uid % 100 < 10 && hash(uid) < 5% => T
                    uid == "say \\"< 2%\\"" || hash(uid)<1%=>T ~ uid == "say \\"< 2%\\"" || hash(uid)<5%=>T
                    """)
    void percentage_isReplacedAndNothingElse(String text, String expected) {
        assertThat(RuleText.of(KEY, text).withPercentage("5%")).hasToString(expected);
    }

    @Test
    void off_isAddedOnceAndTakenAwayAgain() {
        RuleText rule = RuleText.of(KEY, "hash(uid) < 1% => T ; stop");

        assertThat(rule.off()).hasToString("hash(uid) < 1% => T ; stop ; off");
        assertThat(rule.off().off()).hasToString("hash(uid) < 1% => T ; stop ; off");
        assertThat(rule.off().isOff()).isTrue();
        assertThat(rule.off().on()).hasToString("hash(uid) < 1% => T ; stop");
        assertThat(RuleText.of(KEY, "hash(uid) < 1% => T ;off; stop").on()).hasToString("hash(uid) < 1% => T ; stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uid in @testers => T", "hash(uid) in 1%..2% => T", "uid % 10 < 5 => T"})
    void ruleWithoutPercentage_isRefused(String text) {
        assertThatThrownBy(() -> RuleText.of(KEY, text))
                .isInstanceOf(RampException.class)
                .hasMessageContaining(KEY + " has no percentage");
    }

    @Test
    void ruleWithTwoPercentages_isRefused() {
        assertThatThrownBy(() -> RuleText.of(KEY, "hash(uid) < 1% || hash(token) < 2% => T"))
                .hasMessageContaining("several percentages");
    }
}
