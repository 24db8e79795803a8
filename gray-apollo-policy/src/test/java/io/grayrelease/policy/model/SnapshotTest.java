package io.grayrelease.policy.model;

import java.util.Map;

import org.junit.jupiter.api.Test;

import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SnapshotTest {
    @Test
    void equality_isThatOfTheValues() {
        EqualsVerifier.forClass(Snapshot.class)
                .suppress(Warning.NULL_FIELDS)
                .withIgnoredFields("hash") // follows from the values
                .verify();
    }

    @Test
    void keysOutsideGray_areNotKept() {
        assertThat(Snapshot.of(Map.of("gray.switch", "on", "grayish", "1", "server.port", "80"))
                        .values())
                .isEqualTo(Map.of("gray.switch", "on"));
        assertThat(Snapshot.of(Map.of("server.port", "80")).isEmpty()).isTrue();
    }

    /** Recorded from coreutils: printf 'gray.route.T\0a:1\0gray.switch\0on\0' | sha256sum. */
    @Test
    void hash_isTheStartOfTheSha256OverTheSortedKeysAndValues() {
        assertThat(Snapshot.of(Map.of("gray.switch", "on", "gray.route.T", "a:1"))
                        .hash())
                .isEqualTo("d4dd463614f0");
    }

    @Test
    void hash_tellsApartWhereAKeyEnds() {
        assertThat(Snapshot.of(Map.of("gray.a", "bc")).hash())
                .isNotEqualTo(Snapshot.of(Map.of("gray.ab", "c")).hash());
    }

    @Test
    void with_replacesOrAdds_andLeavesTheOriginal() {
        Snapshot on = Snapshot.of(Map.of("gray.switch", "on"));

        assertThat(on.with("gray.switch", "off")).isEqualTo(Snapshot.of(Map.of("gray.switch", "off")));
        assertThat(on.with("gray.baseline", "a:1").values()).hasSize(2);
        assertThat(on.values()).isEqualTo(Map.of("gray.switch", "on"));
        assertThatThrownBy(() -> on.values().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
