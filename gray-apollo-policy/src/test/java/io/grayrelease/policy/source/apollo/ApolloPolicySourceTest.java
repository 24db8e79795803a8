package io.grayrelease.policy.source.apollo;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import io.grayrelease.demo.servers.ApolloEndpoint;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.Logs;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyRepository;

import static io.grayrelease.policy.source.Snapshots.badKeys;
import static io.grayrelease.policy.source.Snapshots.goodKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** With the real apollo-client over HTTP. */
class ApolloPolicySourceTest {
    private final ApolloEndpoint apollo = RealApollo.endpoint();
    private final Logs logs = new Logs();
    private final PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
    private String namespace;
    private ApolloPolicySource source;

    @BeforeEach
    void name(TestInfo test) {
        namespace = test.getTestMethod().orElseThrow().getName();
        source = ApolloPolicySource.of(namespace);
    }

    @AfterEach
    void stop() {
        source.close();
        logs.close();
    }

    private static Map<String, String> inForce(PolicyRepository repository) {
        PolicyInForce current = repository.current();
        return current == null ? null : current.policy().snapshot().values();
    }

    private void awaitInForce(Map<String, String> keys) {
        await().until(() -> keys.equals(inForce(repository)));
    }

    private Map<String, String> freshStart() {
        PolicyRepository fresh = PolicyRepository.inMemory(Clock.systemUTC());
        try (ApolloPolicySource another = ApolloPolicySource.of(namespace)) {
            another.start(fresh);
        }
        return inForce(fresh);
    }

    /** 120 keys: 40 rules, each with a list and a route. */
    private static Map<String, String> manyKeys(int generation) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            keys.put("gray.list.l" + i, generation + ", " + i);
            keys.put("gray.rule." + i + "-r" + i, "uid in @l" + i + " => T" + i);
            keys.put("gray.route.T" + i, "com.acme.S" + i + ":" + generation);
        }
        return keys;
    }

    @Test
    void namespace_isInForceWhenStartReturns_andFollowed() {
        apollo.publish(namespace, goodKeys(1));
        source.start(repository);
        assertThat(inForce(repository)).isEqualTo(goodKeys(1));

        apollo.publish(namespace, goodKeys(2));
        awaitInForce(goodKeys(2));
        assertThat(logs.with("accepted")).hasSize(2);
    }

    @Test
    void manyKeysInOneRelease_areOneChange() {
        apollo.publish(namespace, manyKeys(1));
        source.start(repository);

        apollo.publish(namespace, manyKeys(2));

        awaitInForce(manyKeys(2));
        assertThat(logs.with("accepted")).hasSize(2);
        assertThat(logs.with("rejected")).isEmpty();
    }

    @Test
    void releasesInQuickSuccession_endWithWhatAFreshStartLoads() {
        apollo.publish(namespace, manyKeys(0));
        source.start(repository);

        IntStream.rangeClosed(1, 200).forEach(i -> apollo.publish(namespace, manyKeys(i)));

        awaitInForce(manyKeys(200));
        assertThat(freshStart()).isEqualTo(manyKeys(200));
        assertThat(logs.with("rejected")).isEmpty();
    }

    @Test
    void releasesFromSeveralThreads_endWithWhatAFreshStartLoads() {
        apollo.publish(namespace, manyKeys(0));
        source.start(repository);

        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(thread -> CompletableFuture.runAsync(() -> IntStream.range(0, 25)
                                .forEach(i -> apollo.publish(namespace, manyKeys(thread * 25 + i)))))
                        .toArray(CompletableFuture[]::new))
                .join();
        apollo.publish(namespace, goodKeys(7));

        awaitInForce(goodKeys(7));
        assertThat(freshStart()).isEqualTo(goodKeys(7));
        assertThat(logs.with("rejected")).isEmpty();
    }

    @Test
    void unrelatedKeysOfARelease_areIgnored() {
        Map<String, String> before = new HashMap<>(goodKeys(1));
        before.putAll(Map.of("server.port", "80", "blank", "x", "gone", "y"));
        apollo.publish(namespace, before);
        source.start(repository);
        Map<String, String> after = new HashMap<>(goodKeys(2));
        after.putAll(Map.of("server.port", "81", "blank", ""));

        apollo.publish(namespace, after);

        awaitInForce(goodKeys(2));
    }

    @Test
    void badRelease_changesNothing_andTheNextGoodOneDoes() {
        apollo.publish(namespace, goodKeys(1));
        source.start(repository);

        apollo.publish(namespace, badKeys());
        await().until(() -> repository.status().rejection() != null);
        assertThat(inForce(repository)).isEqualTo(goodKeys(1));
        assertThat(repository.status().rejection().hash())
                .isEqualTo(Snapshot.of(badKeys()).hash());

        apollo.publish(namespace, goodKeys(2));
        awaitInForce(goodKeys(2));
        assertThat(repository.status().rejection()).isNull();
    }

    @Test
    void unknownNamespace_isSaid_andReadOnceItIsPublished() {
        source.start(repository);
        assertThat(inForce(repository)).isNull();
        assertThat(logs.with("has no namespace " + namespace)).hasSize(1);

        apollo.publish(namespace, goodKeys(1));
        awaitInForce(goodKeys(1));
    }

    @Test
    void closed_followsNoMore() {
        apollo.publish(namespace, goodKeys(1));
        source.start(repository);
        PolicyRepository other = PolicyRepository.inMemory(Clock.systemUTC());
        try (ApolloPolicySource another = ApolloPolicySource.of(namespace)) {
            another.start(other);
            source.close();

            apollo.publish(namespace, goodKeys(2));
            await().until(() -> goodKeys(2).equals(inForce(other)));
        }
        assertThat(inForce(repository)).isEqualTo(goodKeys(1));
    }

    @Test
    void name_isForPeople() {
        assertThat(ApolloPolicySource.of("gray-policy").name()).isEqualTo("apollo gray-policy");
    }
}
