package io.grayrelease.policy.source.apollo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.policy.model.Snapshot;

import static io.grayrelease.policy.source.Snapshots.goodKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Apollo's own testing server, which changes key by key, as one more witness of the protocol. */
class ApolloTestingServerTest {
    @TempDir
    Path folder;

    @Test
    void namespace_isReadAndFollowed() throws Exception {
        Map<String, String> settings = new HashMap<>(RealApollo.SETTINGS);
        settings.put("apollo.longPollQPS", "10"); // this server answers every poll at once
        settings.put("apollo.cache-dir", folder.toString());
        try (Probe probe = Probe.start(MockServerProbe.class, settings, entry -> true)) {
            assertThat(probe.ask("")).isEqualTo(hash(1));

            probe.ask("2");
            await().until(() -> probe.ask("").equals(hash(2)));
        }
    }

    private static String hash(int uid) {
        return Snapshot.of(goodKeys(uid)).hash();
    }
}
