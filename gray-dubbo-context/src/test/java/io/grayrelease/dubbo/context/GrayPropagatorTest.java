package io.grayrelease.dubbo.context;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;

class GrayPropagatorTest {
    private final Map<String, String> carrier = new HashMap<>();

    @Test
    void inject_thenExtract_isTheSame() {
        GrayContext context = GrayContext.decided(Tags.of("a", "b-1.x"), "10086");

        GrayPropagator.inject(context, carrier::put);

        assertThat(carrier).containsOnly(Map.entry("gray-tag", "a,b-1.x"), Map.entry("gray-uid", "10086"));
        assertThat(GrayPropagator.extract(carrier::get)).isEqualTo(context);
    }

    @Test
    void inject_baseline_saysThatItIsDecided() {
        GrayPropagator.inject(GrayContext.decided(Tags.NONE, null), carrier::put);

        assertThat(carrier).containsOnly(Map.entry("gray-tag", "-"));
    }

    @Test
    void inject_none_writesNothing() {
        GrayPropagator.inject(GrayContext.NONE, carrier::put);

        assertThat(carrier).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"张三", "a b", "a\r\nevil: 1", "\u0000", "é"})
    void inject_uidThatIsNoPrintableAscii_isLeftOut(String uid) {
        GrayPropagator.inject(GrayContext.decided(Tags.NONE, uid), carrier::put);

        assertThat(carrier).doesNotContainKey("gray-uid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,", "a,,b", "-,a", "baseline", "a b", "ü", "T;stop"})
    void extract_malformedTags_isDecidedBaseline(String text) {
        carrier.put("gray-tag", text);

        assertThat(GrayPropagator.extract(carrier::get)).isEqualTo(GrayContext.decided(Tags.NONE, null));
    }

    @Test
    void extract_withoutTags_isUndecided() {
        carrier.put("gray-uid", "7");

        assertThat(GrayPropagator.extract(carrier::get)).isEqualTo(GrayContext.undecided("7"));
    }
}
