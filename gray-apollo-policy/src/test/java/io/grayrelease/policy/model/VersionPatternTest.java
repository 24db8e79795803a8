package io.grayrelease.policy.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VersionPatternTest {
    @Test
    void equality_isThatOfTheText() {
        EqualsVerifier.forClass(VersionPattern.class)
                .suppress(Warning.NULL_FIELDS)
                .withIgnoredFields("prefix", "version") // follow from the text
                .verify();
    }

    @ParameterizedTest
    @CsvSource({
        "2.*, 2, true",
        "2.*, 2.0, true",
        "2.*, 2.1.7, true",
        "2.*, 20, false",
        "2.*, 2-rc1, false",
        "2.*, 1.2, false",
        "2.1.*, 2.1, true",
        "2.1.*, 2.10, false",
        "2.1.*, 2, false",
        "2.0, 2.0, true",
        "2.0, 2.0.0, false",
        "2.0, 2, false",
        "1.0-RC1, 1.0-rc1, false"
    })
    void pattern_matchesItsVersions(String pattern, String version, boolean expected) {
        assertThat(VersionPattern.of(pattern).matches(version)).isEqualTo(expected);
    }

    @Test
    void noVersion_isNeverMeant() {
        assertThat(VersionPattern.of("2.*").matches(null)).isFalse();
        assertThat(VersionPattern.of("2.*").matches("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", ".*", "2*", "2.*.1", "2.*.*", ".2", "-1", "2 0", "2,0", "２"})
    void whatIsNoVersion_isRefused(String text) {
        assertThat(VersionPattern.isValid(text)).isFalse();
        assertThatThrownBy(() -> VersionPattern.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
