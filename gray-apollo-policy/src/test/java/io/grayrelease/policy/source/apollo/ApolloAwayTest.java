package io.grayrelease.policy.source.apollo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.demo.servers.ApolloEndpoint;
import io.grayrelease.policy.model.Snapshot;

import static io.grayrelease.policy.source.Snapshots.badKeys;
import static io.grayrelease.policy.source.Snapshots.goodKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Starts of a process while Apollo is there, away, mute, not set up, or not even on the class path. */
class ApolloAwayTest {
    private static final String NAMESPACE = "gray-policy";
    private static final Duration RECOVERY = Duration.ofSeconds(60); // apollo-client retries in ever longer intervals

    @TempDir
    Path folder;

    private ApolloEndpoint apollo;

    @BeforeEach
    void start() throws IOException {
        apollo = ApolloEndpoint.start(0, Duration.ofMillis(100));
    }

    @AfterEach
    void stop() {
        apollo.close();
    }

    private Probe probe() {
        return probe(Map.of());
    }

    private Probe probe(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(RealApollo.SETTINGS);
        settings.put("apollo.meta", apollo.url());
        settings.put("apollo.cache-dir", folder.resolve("apollo-cache").toString());
        settings.putAll(more);
        return Probe.start(
                SourceProbe.class,
                settings,
                entry -> true,
                NAMESPACE,
                folder.resolve("gray").toString());
    }

    private static String hash(Map<String, String> keys) {
        return Snapshot.of(keys).hash();
    }

    @Test
    void awayAtStart_withNothingOnDisk_isNoPolicy_untilApolloIsBack() throws Exception {
        apollo.publish(NAMESPACE, goodKeys(1));
        apollo.setAway(true);
        try (Probe probe = probe()) {
            assertThat(probe.ask("policy")).isEqualTo("none");
            assertThat(probe.ask("logs")).contains("Apollo is away");

            apollo.setAway(false);
            await().atMost(RECOVERY).until(() -> probe.ask("policy").equals(hash(goodKeys(1))));
        }
    }

    @Test
    void awayAtStart_bringsTheLastAcceptedBack_evenIfApolloClientKeptABadOne() throws Exception {
        apollo.publish(NAMESPACE, goodKeys(1));
        try (Probe probe = probe()) {
            assertThat(probe.ask("policy")).isEqualTo(hash(goodKeys(1)));
            apollo.publish(NAMESPACE, badKeys());
            await().until(() -> probe.ask("rejection").equals(hash(badKeys())));
        }
        apollo.setAway(true);
        try (Probe probe = probe()) {
            assertThat(probe.ask("policy")).isEqualTo(hash(goodKeys(1)) + " from disk");
            assertThat(probe.ask("rejection")).isEqualTo(hash(badKeys()));

            apollo.publish(NAMESPACE, goodKeys(2));
            apollo.setAway(false);
            await().atMost(RECOVERY).until(() -> probe.ask("policy").equals(hash(goodKeys(2))));
            assertThat(probe.ask("rejection")).isEqualTo("none");
        }
    }

    @Test
    void awayAtStart_withNothingAtApolloClient_bringsTheLastAcceptedBack() throws Exception {
        apollo.publish(NAMESPACE, goodKeys(1));
        try (Probe probe = probe()) {
            assertThat(probe.ask("policy")).isEqualTo(hash(goodKeys(1)));
        }
        apollo.setAway(true);
        Map<String, String> elsewhere =
                Map.of("apollo.cache-dir", folder.resolve("empty").toString());
        try (Probe probe = probe(elsewhere)) {
            assertThat(probe.ask("policy")).isEqualTo(hash(goodKeys(1)) + " from disk");
            assertThat(probe.ask("logs")).contains("is back from disk");
        }
    }

    @Test
    void muteApollo_delaysTheStartByItsTimeOutAndNoMore() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Probe probe = probe(Map.of(
                        "apollo.meta", "http://127.0.0.1:" + mute.getLocalPort(),
                        "apollo.connectTimeout", "500",
                        "apollo.readTimeout", "500",
                        "apollo.discoveryReadTimeout", "60000"))) {
            assertThat(Long.parseLong(probe.ask("millis"))).isBetween(1_000L, 20_000L);
            assertThat(probe.ask("policy")).isEqualTo("none");
            assertThat(probe.ask("logs")).contains("Apollo has not answered in 1000 ms");
        }
    }

    @Test
    void notSetUp_isOneLine_andApolloClientIsLeftAlone() throws Exception {
        Map<String, String> cacheOnly =
                Map.of("apollo.cache-dir", folder.resolve("apollo-cache").toString());
        try (Probe probe = Probe.start(SourceProbe.class, cacheOnly, entry -> true, NAMESPACE, folder.toString())) {
            assertThat(probe.ask("policy")).isEqualTo("none");
            assertThat(probe.ask("logs"))
                    .isEqualTo("INFO gray: no policy from Apollo: it is not configured (no app.id and no meta server)");

            apollo.publish(NAMESPACE, goodKeys(1));
            assertThat(probe.ask(apollo.url())).as("set up later").isEqualTo(hash(goodKeys(1)));
        }
    }

    @Test
    void notOnTheClassPath_isOneLine_andTheLastAcceptedIsBack() throws Exception {
        apollo.publish(NAMESPACE, goodKeys(1));
        try (Probe probe = probe()) {
            assertThat(probe.ask("policy")).isEqualTo(hash(goodKeys(1)));
        }
        try (Probe probe = Probe.start(
                SourceProbe.class,
                RealApollo.SETTINGS,
                entry -> !entry.contains("apollo-c"), // -client and -core
                NAMESPACE,
                folder.resolve("gray").toString())) {
            assertThat(probe.ask("policy")).isEqualTo(hash(goodKeys(1)) + " from disk");
            assertThat(List.of(probe.ask("logs").split(" \\|\\| ", -1)))
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("ERROR gray: no policy from Apollo: apollo-client is not on the class path");
        }
    }
}
