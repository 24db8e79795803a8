package io.grayrelease.nginx.agent;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.PolicyParser;

import static org.assertj.core.api.Assertions.assertThat;

class WindowEdgesTest {
    private static final String NIGHT = "now in 2026-01-01T00:00:00Z .. 2026-01-02T00:00:00Z";
    private static final String LATER = "now in 2026-01-01T12:00:00Z .. 2026-01-03T00:00:00Z";

    private static GrayPolicy policy(String... rules) {
        Map<String, String> keys = new TreeMap<>(Map.of("gray.route.T", "web-app:2.0.0"));
        for (int i = 0; i < rules.length; i++) {
            keys.put("gray.rule." + i + "-r" + i, rules[i]);
        }
        return Objects.requireNonNull(PolicyParser.parse(Snapshot.of(keys)).policy());
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-31T23:59:59Z, 2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z, 2026-01-01T12:00:00Z",
        "2026-01-01T12:00:00Z, 2026-01-02T00:00:00Z",
        "2026-01-02T23:59:59Z, 2026-01-03T00:00:00Z",
        "2026-01-03T00:00:00Z,"
    })
    void edge_isTheNextOfAll_howeverDeep(Instant moment, Instant edge) {
        GrayPolicy policy = policy(NIGHT + " => T", "!(uid == 1 && (" + LATER + " || uid == 2)) => T");

        assertThat(WindowEdges.after(moment, policy)).isEqualTo(edge);
    }

    @Test
    void rulesThatAreOff_haveNone() {
        assertThat(WindowEdges.after(Instant.EPOCH, policy(NIGHT + " => T ; off", "uid == 1 => T")))
                .isNull();
    }

    @Test
    void policyThatIsOff_hasNone() {
        Snapshot off = policy(NIGHT + " => T").snapshot().with("gray.switch", "off");

        assertThat(WindowEdges.after(
                        Instant.EPOCH,
                        Objects.requireNonNull(PolicyParser.parse(off).policy())))
                .isNull();
    }
}
