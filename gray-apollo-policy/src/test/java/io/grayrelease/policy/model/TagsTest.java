package io.grayrelease.policy.model;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TagsTest {
    @Test
    void equality_isThatOfTheNames() {
        EqualsVerifier.forClass(Tags.class)
                .suppress(Warning.NULL_FIELDS)
                .withIgnoredFields("text") // follows from the names
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "T", "T,search-v5", "b,a", "0", "a.b_c-d", "Baseline"})
    void text_parsedAndWrittenAgain_isTheSame(String text) {
        assertThat(Tags.parse(text)).hasToString(text).extracting(Tags::text).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a,",
                ",a",
                "a,,b",
                "a, b",
                "-,a",
                "a,-",
                "--",
                "baseline",
                "a,baseline",
                ".a",
                "_a",
                "a b",
                "ä",
                "a\n",
                "a;b",
                "ａ"
            })
    void malformedText_isNoTags(String text) {
        assertThat(Tags.parse(text)).isNull();
    }

    @Test
    void name_hasSixtyThreeCharactersAtMost() {
        assertThat(Tags.isTag("a".repeat(63))).isTrue();
        assertThat(Tags.isTag("a".repeat(64))).isFalse();
    }

    @Test
    void text_longerThanTheLimit_isMalformed() {
        String longest = String.join(",", Collections.nCopies(31, "a".repeat(63))) + "," + "b".repeat(64 / 2 - 1) + ","
                + "c".repeat(32);

        assertThat(longest).hasSize(Tags.MAX_LENGTH);
        assertThat(Tags.parse(longest)).isNotNull();
        assertThat(Tags.parse(longest + "a")).isNull();
    }

    @Test
    void moreNamesThanTheLimit_areMalformed() {
        String most = String.join(",", Collections.nCopies(Tags.MAX_COUNT, "a"));

        assertThat(Tags.parse(most)).isEqualTo(Tags.of("a"));
        assertThat(Tags.parse(most + ",a")).isNull();
    }

    @Test
    void tags_keepTheirOrderAndComeOnce() {
        assertThat(Tags.of("b", "a", "b").names()).containsExactly("b", "a");
        assertThat(Tags.parse("b,a,b")).isEqualTo(Tags.of("b", "a")).hasToString("b,a");
        assertThat(Tags.of("a", "b")).isNotEqualTo(Tags.of("b", "a"));
    }

    @Test
    void noTags_areOneInstance() {
        assertThat(Tags.of()).isSameAs(Tags.NONE);
        assertThat(Tags.parse("-")).isSameAs(Tags.NONE);
        assertThat(Tags.NONE.isEmpty()).isTrue();
    }

    @Test
    void tags_ofWhatIsNoTag_areRefused() {
        assertThatThrownBy(() -> Tags.of(List.of("a", "baseline")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseline");
    }

    @Test
    void names_cannotBeChanged() {
        assertThatThrownBy(() -> Tags.of("a").names().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
