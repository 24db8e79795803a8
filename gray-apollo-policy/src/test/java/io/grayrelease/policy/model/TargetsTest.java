package io.grayrelease.policy.model;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import nl.jqno.equalsverifier.EqualsVerifier;
import nl.jqno.equalsverifier.Warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TargetsTest {
    private static final VersionPattern ONE = VersionPattern.of("1");
    private static final VersionPattern TWO = VersionPattern.of("2");
    private static final VersionPattern THREE = VersionPattern.of("3.*");
    private static final Targets ALL = Targets.of(Map.of("Service", ONE, "app", TWO, Targets.ANY, THREE));

    @Test
    void equality_isThatOfTheVersions() {
        EqualsVerifier.forClass(Targets.class).suppress(Warning.NULL_FIELDS).verify();
    }

    @Test
    void version_isThatOfTheInterfaceBeforeTheApplicationBeforeAny() {
        assertThat(ALL.versionFor("Service", "app")).isEqualTo(ONE);
        assertThat(ALL.versionFor("Other", "app")).isEqualTo(TWO);
        assertThat(ALL.versionFor("Other", "other")).isEqualTo(THREE);
        assertThat(ALL.versionFor("Other", null)).isEqualTo(THREE);
        assertThat(Targets.of(Map.of("app", TWO)).versionFor("Other", null)).isNull();
    }

    @Test
    void names_everyVersionOfEveryTargetThatCovers() {
        assertThat(ALL.names("Service", "app", "1")).isTrue();
        assertThat(ALL.names("Service", "app", "2")).isTrue();
        assertThat(ALL.names("Service", "app", "3.7")).isTrue();
        assertThat(ALL.names("Service", null, "2")).isFalse();
        assertThat(ALL.names("Other", "other", "1")).isFalse();
        assertThat(ALL.names("Service", "app", null)).isFalse();
    }

    @Test
    void targets_areTheirOwnCopy() {
        Map<String, VersionPattern> versions = new LinkedHashMap<>(Map.of("a", ONE));
        Targets targets = Targets.of(versions);
        versions.put("b", TWO);

        assertThat(targets.versions()).containsOnlyKeys("a");
        assertThatThrownBy(() -> targets.versions().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(Targets.of(Map.of())).isSameAs(Targets.NONE);
        assertThat(Targets.NONE.isEmpty()).isTrue();
    }
}
