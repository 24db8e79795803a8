package io.grayrelease.data;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonCanonTest {
    @Test
    void sameJson_writtenDifferently_hasOneText() {
        assertThat(JsonCanon.of("{\"b\": [1.50, true, null], \"a\": \"x\"}"))
                .isEqualTo(JsonCanon.of("{\"a\":\"x\",\"b\":[1.5,true,null]}"));
    }

    @Test
    void otherJson_hasAnotherText() {
        String[] all = {
            "{}",
            "[]",
            "null",
            "\"null\"",
            "[1,2]",
            "[12]",
            "[\"1,2\"]",
            "[\"1\",\"2\"]",
            "{\"a\":\"1\"}",
            "{\"a\":1}",
            "{\"a\":{}}",
            "true"
        };
        for (String one : all) {
            for (String other : all) {
                assertThat(JsonCanon.of(one).equals(JsonCanon.of(other)))
                        .as("%s and %s", one, other)
                        .isEqualTo(one.equals(other));
            }
        }
    }

    @Test
    void noJson_isRefused() {
        assertThatThrownBy(() -> JsonCanon.of("{\"a\":")).isInstanceOf(IllegalArgumentException.class);
    }
}
