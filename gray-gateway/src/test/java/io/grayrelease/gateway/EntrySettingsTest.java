package io.grayrelease.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EntrySettingsTest {
    @Test
    void anEmptyResponseHeader_isNone() {
        assertThat(EntrySettings.builder().setResponseHeader("").build().responseHeader())
                .isNull();
        assertThat(EntrySettings.builder().setResponseHeader("X-Gray").build().responseHeader())
                .isEqualTo("X-Gray");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "x gray", "x:gray", "x\ngray", "gr\u00e4y"})
    void aResponseHeaderThatIsNoName_isRefused(String name) {
        EntrySettings.Builder settings = EntrySettings.builder().setResponseHeader(name);

        assertThatThrownBy(settings::build)
                .hasMessageContaining("response-header: found \"" + name + "\", expected the name of a header");
    }
}
