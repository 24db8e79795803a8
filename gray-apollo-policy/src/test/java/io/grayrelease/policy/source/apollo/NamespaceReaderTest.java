package io.grayrelease.policy.source.apollo;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.Logs;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;

import static io.grayrelease.policy.source.Snapshots.badKeys;
import static io.grayrelease.policy.source.Snapshots.goodKeys;
import static io.grayrelease.policy.source.Snapshots.keys;
import static org.assertj.core.api.Assertions.assertThat;

/** What Apollo's events may do: come late, twice, in the wrong order, and in the middle of a reading. */
class NamespaceReaderTest {
    private final Logs logs = new Logs();
    private final PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());

    @AfterEach
    void stop() {
        logs.close();
    }

    private NamespaceReader follow(HandDrivenConfig config) {
        NamespaceReader reader = new NamespaceReader(config, repository);
        reader.follow();
        return reader;
    }

    private Map<String, String> inForce() {
        PolicyInForce current = repository.current();
        return current == null ? null : current.policy().snapshot().values();
    }

    private static Map<String, String> merged(Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new HashMap<>(one);
        all.putAll(other);
        return all;
    }

    @Test
    void eventsInTheWrongOrder_endWithTheLastRelease() {
        HandDrivenConfig config = HandDrivenConfig.of(goodKeys(0));
        follow(config);
        int first = config.events();
        config.release(goodKeys(1));
        config.release(badKeys());
        config.release(goodKeys(3));

        config.deliver(first + 2);
        config.deliver(first);
        config.deliver(first + 1);

        assertThat(inForce()).isEqualTo(goodKeys(3));
        assertThat(repository.status().rejection()).isNull();
    }

    @Test
    void eventsThatComeTwice_changeNothingMore() {
        HandDrivenConfig config = HandDrivenConfig.of(goodKeys(0));
        follow(config);
        config.release(goodKeys(1));
        int event = config.events() - 1;
        config.deliver(event);
        PolicyInForce before = repository.current();

        config.deliver(event);

        assertThat(repository.current()).isSameAs(before);
        assertThat(logs.with("accepted")).hasSize(2);
    }

    @Test
    void lateEvent_readsWhatIsThereNow() {
        HandDrivenConfig config = HandDrivenConfig.of(goodKeys(0));
        follow(config);
        config.release(goodKeys(1));
        int late = config.events() - 1;
        config.release(badKeys());

        config.deliver(late);

        assertThat(inForce()).isEqualTo(goodKeys(0));
        assertThat(repository.status().rejection().hash())
                .isEqualTo(Snapshot.of(badKeys()).hash());
    }

    @Test
    void releaseDuringAReading_isNeverMixedWithTheOneBefore() {
        Map<String, String> after = keys("rule.1-a", "uid == 1 => U", "route.U", "com.acme.Stock:3.0.0");
        HandDrivenConfig config = HandDrivenConfig.of(goodKeys(0));
        config.betweenNamesAndValues(() -> config.release(after));

        follow(config);

        assertThat(inForce()).isEqualTo(after);
        assertThat(logs.with("rejected")).isEmpty();
        assertThat(logs.with("accepted")).hasSize(1);
    }

    @Test
    void unrelatedKeysChangedBlankedRemoved_inTheReleaseOfAChange_doNotHideIt() {
        Map<String, String> others = Map.of("server.port", "80", "blank", "x", "gone", "y");
        HandDrivenConfig config = HandDrivenConfig.of(merged(others, goodKeys(0)));
        follow(config);

        config.release(merged(Map.of("server.port", "81", "blank", ""), goodKeys(1)));
        config.deliver(config.events() - 1);

        assertThat(inForce()).isEqualTo(goodKeys(1));
    }

    @Test
    void keyRemoved_isGone() {
        Map<String, String> two = merged(goodKeys(0), keys("rule.2-b", "uid == 2 => T"));
        HandDrivenConfig config = HandDrivenConfig.of(two);
        follow(config);

        config.release(goodKeys(0));
        config.deliver(config.events() - 1);

        assertThat(inForce()).isEqualTo(goodKeys(0));
    }

    @Test
    void keyBlanked_isStillThere_andRejected() {
        HandDrivenConfig config = HandDrivenConfig.of(goodKeys(0));
        follow(config);

        config.release(merged(goodKeys(0), keys("rule.1-a", "")));
        config.deliver(config.events() - 1);

        assertThat(inForce()).isEqualTo(goodKeys(0));
        assertThat(repository.status().rejection()).isNotNull();
    }

    @Test
    void namespaceEmptied_isHeldAsSuspicious() {
        HandDrivenConfig config = HandDrivenConfig.of(merged(Map.of("server.port", "80"), goodKeys(0)));
        follow(config);

        config.release(Map.of("server.port", "80"));
        config.deliver(config.events() - 1);

        assertThat(inForce()).isEqualTo(goodKeys(0));
        assertThat(logs.with("no gray.* key")).hasSize(1);
    }

    @Test
    void unknownNamespace_isNotAnEmptyOne_andIsReadWhenItAppears() {
        HandDrivenConfig config = HandDrivenConfig.unknown();
        follow(config);
        assertThat(logs.lines()).isEmpty();

        config.release(goodKeys(1));
        config.deliver(config.events() - 1);

        assertThat(inForce()).isEqualTo(goodKeys(1));
    }

    @Test
    void systemProperty_winsOverTheNamespace_andIsSaidOnce() {
        HandDrivenConfig config = HandDrivenConfig.of(goodKeys(0));
        System.setProperty("gray.rule.1-a", "uid == 99 => T");
        try {
            follow(config);
            config.release(merged(goodKeys(0), keys("switch", "on")));
            config.deliver(config.events() - 1);
        } finally {
            System.clearProperty("gray.rule.1-a");
        }

        assertThat(inForce()).isEqualTo(merged(goodKeys(99), keys("switch", "on")));
        assertThat(logs.with("WARN gray: overridden in this process by -D, unlike in all others: [gray.rule.1-a]"))
                .hasSize(1);
    }

    @Test
    void closed_readsNoMore_alsoForAnEventThatIsUnderWay() {
        HandDrivenConfig config = HandDrivenConfig.of(goodKeys(0));
        NamespaceReader reader = follow(config);
        config.release(goodKeys(1));
        config.betweenNamesAndValues(() -> {
            throw new AssertionError("read after close");
        });

        reader.close();
        config.deliver(config.events() - 1);

        assertThat(inForce()).isEqualTo(goodKeys(0));
    }
}
