package io.grayrelease.policy.model;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BaggageTest {
    @Test
    void ourMember_isReadAndWritten_othersStay() {
        List<String> others = List.of("userId=alice;p=1, isProduction=false", "serverNode=DF%2028");

        String all = Baggage.with(others, Tags.of("a", "b").text());

        assertThat(all).isEqualTo("userId=alice;p=1,isProduction=false,serverNode=DF%2028,gray.tag=a%2Cb");
        assertThat(Baggage.tag(List.of(all))).isEqualTo("a,b");
        assertThat(Baggage.without(List.of(all))).isEqualTo("userId=alice;p=1,isProduction=false,serverNode=DF%2028");
    }

    @Test
    void whatAnotherSaid_isReplaced_notAdded() {
        assertThat(Baggage.with(List.of("gray.tag=evil, x=1", "gray.tag = worse;p"), "T"))
                .isEqualTo("x=1,gray.tag=T");
        assertThat(Baggage.without(List.of("gray.tag=evil"))).isNull();
    }

    @Test
    void properties_andNamesAlike_areNotOurs() {
        assertThat(Baggage.tag(List.of("gray.tag=T;ttl=5"))).isEqualTo("T");
        assertThat(Baggage.tag(List.of("xgray.tag=T, Gray.tag=U, gray.tags=V"))).isNull();
    }

    @Test
    void beyondTheBound_othersGoFirst() {
        String others = "a=" + "x".repeat(8_180);

        assertThat(Baggage.with(List.of(others), "T")).isEqualTo(others);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gray.tag",
                " gray.tag ",
                "gray%2Etag",
                "gray%2etag",
                "%67ray.tag",
                "+gray.tag",
                "%20gray.tag+",
                "%2Bgray.tag",
                "%2567ray.tag",
                "%252567ray.tag",
                "%%36%37ray.tag"
            })
    void whatOthersDecodeToOurs_isTakenAway(String name) {
        List<String> headers = List.of("a=1," + name + "=T;p,b=2");

        assertThat(Baggage.without(headers)).isEqualTo("a=1,b=2");
        assertThat(Baggage.with(headers, "U")).isEqualTo("a=1,b=2,gray.tag=U");
        assertThat(Baggage.hasTag(headers)).isTrue();
        assertThat(Baggage.tag(headers)).isEqualTo(name.trim().equals(Baggage.TAG) ? "T" : null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gray%tag",
                "gray%2",
                "%zzgray.tag",
                "gray.tag%",
                "%47ray.tag",
                "gr%C3%A4y.tag",
                "%",
                "gray%\uFF12Etag"
            })
    void othersStay_howeverTheyAreWritten(String name) {
        assertThat(Baggage.without(List.of(name + "=T"))).isEqualTo(name + "=T");
        assertThat(Baggage.hasTag(List.of(name + "=T"))).isFalse();
    }

    @Test
    void aMemberWithoutAValue_isNotOurs() {
        assertThat(Baggage.without(List.of("gray.tag,=T"))).isEqualTo("gray.tag,=T");
        assertThat(Baggage.hasTag(List.of("gray.tag"))).isFalse();
    }
}
