package io.grayrelease.gateway;

import java.util.Arrays;
import java.util.Collections;

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

    /** The example of the README. */
    @Test
    void theExample_isAsItSays() {
        EntrySettings settings = EntrySettings.builder()
                .setUidSources(EntrySettings.sources(Arrays.asList("header:x-uid", "cookie:uid")))
                .setClientAddress(ClientAddress.behind(Collections.singletonList("10.0.0.0/8")))
                .setResponseHeader("x-gray-seen")
                .build();

        assertThat(settings.role()).isEqualTo(EntrySettings.Role.EDGE);
        assertThat(settings.uidSources()).extracting(Object::toString).containsExactly("header:x-uid", "cookie:uid");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "x gray", "x:gray", "x\ngray", "gr\u00e4y"})
    void aResponseHeaderThatIsNoName_isRefused(String name) {
        EntrySettings.Builder settings = EntrySettings.builder().setResponseHeader(name);

        assertThatThrownBy(settings::build)
                .hasMessageContaining("response-header: found \"" + name + "\", expected the name of a header");
    }
}
