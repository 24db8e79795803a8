package io.grayrelease.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExtractionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "uid=7                | 7",
                "UID=7                | 7",
                "a=1; uid=7; b=2      | 7",
                "a=1;uid=7            | 7",
                "a=1, uid=7           | 7",
                "uid = 7              | 7",
                "uid=\"7\"          | `\"7\"`",
                "uid=7; uid=8         | 7",
                "uidx=1; uid=7        | 7",
                "xuid=1               |",
                "uid=                 | ``",
                "uid; uid=7           | 7",
                "uid=a=b              | a=b",
                "uid=%37              | %37",
                "uid                  |",
                ";;;                  |"
            })
    void cookies_areReadAsNginxReadsThem(String header, String expected) {
        assertThat(Extraction.cookie(Head.of("Cookie", header), "uid")).isEqualTo(expected);
    }

    @Test
    void cookie_ofTheFirstHeaderThatHasIt() {
        assertThat(Extraction.cookie(Head.of("cookie", "a=1", "cookie", "uid=7", "cookie", "uid=8"), "uid"))
                .isEqualTo("7");
        assertThat(Extraction.cookie(Head.of(), "uid")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "uid=7          | 7",
                "UID=7          | 7",
                "a=1&uid=7&b=2  | 7",
                "uid=7&uid=8    | 7",
                "xuid=1         |",
                "uidx=1&uid=7   | 7",
                "uid=           | ``",
                "uid            |",
                "uid&uid=7      | 7",
                "uid=12%300     | 12%300",
                "a=uid=7        |",
                "&&uid=7        | 7"
            })
    void params_areReadAsNginxReadsThem(String query, String expected) {
        assertThat(Extraction.param(Head.of().query(query), "uid")).isEqualTo(expected);
    }

    @Test
    void header_theFirstOfAnySpelling() {
        assertThat(Extraction.header(Head.of("X-App", "ios", "x-app", "web"), "x-APP"))
                .isEqualTo("ios");
        assertThat(Extraction.param(Head.of(), "uid")).isNull();
    }
}
