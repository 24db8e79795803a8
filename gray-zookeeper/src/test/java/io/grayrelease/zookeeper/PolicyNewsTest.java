package io.grayrelease.zookeeper;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.PolicyRepository;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyNewsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Snapshot GOOD = Snapshot.of(Map.of("gray.route.T", "com.acme.Stock:2.0.0"));

    private final PolicyRepository repository = PolicyRepository.inMemory(Clock.fixed(NOW, ZoneOffset.UTC));

    private Instance news() {
        return Instance.builder()
                .setApplication("order-app")
                .setAddress("10.0.0.1")
                .setSource("test")
                .runningOn(repository.status())
                .build();
    }

    @Test
    void nothing_isNone() {
        assertThat(news().status()).isEqualTo(Instance.Status.NONE);
        assertThat(news().policy()).isNull();
        assertThat(news().rejected()).isNull();
    }

    @Test
    void accepted_isToldWithItsTime() {
        repository.offer(GOOD);

        assertThat(news().status()).isEqualTo(Instance.Status.ACCEPTED);
        assertThat(news().policy()).isEqualTo(GOOD.hash());
        assertThat(news().acceptedAt()).isEqualTo(NOW);
    }

    @Test
    void rejected_isToldBesideWhatStays_withTheFirstProblems() {
        repository.offer(GOOD);
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < 12; i++) {
            keys.put("gray.rule.1-" + "a".repeat(1_200) + i, "uid = 1");
        }
        repository.offer(Snapshot.of(keys));

        assertThat(news().status()).isEqualTo(Instance.Status.REJECTED);
        assertThat(news().policy()).isEqualTo(GOOD.hash());
        assertThat(news().rejected()).isEqualTo(Snapshot.of(keys).hash());
        assertThat(news().rejectedAt()).isEqualTo(NOW);
        assertThat(news().problems())
                .hasSize(10)
                .allSatisfy(line -> assertThat(line).hasSize(1_003).endsWith("..."));
    }
}
