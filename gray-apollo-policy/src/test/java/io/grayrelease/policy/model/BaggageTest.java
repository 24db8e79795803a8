package io.grayrelease.policy.model;

import java.util.List;

import org.junit.jupiter.api.Test;

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
}
