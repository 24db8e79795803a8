package io.grayrelease.gateway;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ForgeableNamesTest {
    /** Each one chooses a version somewhere inside, or a value that rules choose by. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-gray-tag",
                "x-gray-sig",
                "gray-tag",
                "gray-uid",
                "gray-sig",
                "gray-ip",
                "gray-token",
                "dubbo.tag",
                "dubbo.force.tag",
                "tri-header-convert"
            })
    void theseAreThey(String name) {
        assertThat(ForgeableNames.contain(name)).isTrue();
        assertThat(ForgeableNames.all()).contains(name).hasSize(10);
    }

    /** Those who read names compare by equalsIgnoreCase: I with a dot, and i without, are i, too. */
    @ParameterizedTest
    @ValueSource(strings = {"gray-uid", "GRAY-UID", "gray-u\u0130d", "gray-u\u0131d", "Dubbo.Tag", "x-gray-\u017fig"})
    void inAnySpelling(String name) {
        assertThat(ForgeableNames.all()).anyMatch(name::equalsIgnoreCase);
        assertThat(ForgeableNames.contain(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x-uid", "gray", "gray-uid2", "baggage"})
    void othersAreNone(String name) {
        assertThat(ForgeableNames.contain(name)).isFalse();
        assertThat(ForgeableNames.contain(null)).isFalse();
    }
}
