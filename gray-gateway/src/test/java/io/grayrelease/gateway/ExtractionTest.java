package io.grayrelease.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExtractionTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/extraction-vectors.csv", delimiter = '|', quoteCharacter = '`')
    void cookiesAndParameters_areReadAsNginxReadsThem(String kind, String text, String expected) {
        String value = kind.equals("cookie")
                ? Extraction.cookie(Head.of("Cookie", text), "uid")
                : Extraction.param(Head.of().query(text), "uid");

        assertThat(value == null ? "" : value).isEqualTo(expected);
    }

    @Test
    void anEmptyValue_isOne() {
        assertThat(Extraction.cookie(Head.of("cookie", "uid="), "uid")).isEmpty();
        assertThat(Extraction.cookie(Head.of("cookie", "uid"), "uid")).isNull();
        assertThat(Extraction.param(Head.of().query("uid="), "uid")).isEmpty();
        assertThat(Extraction.param(Head.of().query("uid"), "uid")).isNull();
    }

    @Test
    void cookie_ofTheFirstHeaderThatHasIt() {
        assertThat(Extraction.cookie(Head.of("cookie", "a=1", "cookie", "uid=7", "cookie", "uid=8"), "uid"))
                .isEqualTo("7");
        assertThat(Extraction.cookie(Head.of(), "uid")).isNull();
    }

    @Test
    void header_theFirstOfAnySpelling() {
        assertThat(Extraction.header(Head.of("X-App", "ios", "x-app", "web"), "x-APP"))
                .isEqualTo("ios");
        assertThat(Extraction.param(Head.of(), "uid")).isNull();
    }
}
