package io.grayrelease.gateway;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

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

    @ParameterizedTest
    @ValueSource(
            strings = {"Connection", "content-length", "Transfer-Encoding", "SET-COOKIE", "content-type", "date", "host"
            })
    void aResponseHeaderThatOthersActBy_isRefused(String name) {
        EntrySettings.Builder settings = EntrySettings.builder().setResponseHeader(name);

        assertThatThrownBy(settings::build)
                .hasMessageContaining(
                        "response-header: found \"" + name + "\"", "expected a name of its own as x-gray-seen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"header:gray-uid", "header: X-Gray-Tag", "header:gray-token", "header:dubbo.tag"})
    void aSourceThatAnEdgeTakesAway_isRefused(String source) {
        assertThatThrownBy(() -> EntrySettings.sources(List.of("cookie:uid", source)))
                .hasMessageContaining("found \"" + source.replace(" ", "") + "\", which an edge takes away");
    }

    @ParameterizedTest
    @ValueSource(strings = {"header:x uid", "header:x:uid", "header:gr\u00e4y"})
    void aSourceThatIsNoHeader_isRefused(String source) {
        assertThatThrownBy(() -> EntrySettings.sources(List.of(source)))
                .hasMessageContaining("found \"" + source + "\", expected the name of a header");
    }

    @Test
    void otherSources_areNot() {
        List<String> sources = List.of("header:x-gray-token", "header:x-uid", "cookie:gray-uid", "param:gray-uid");

        assertThat(EntrySettings.sources(sources)).extracting(Object::toString).isEqualTo(sources);
    }
}
