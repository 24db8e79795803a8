package io.grayrelease.demo.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.ctrip.framework.apollo.Config;
import com.ctrip.framework.apollo.ConfigService;
import com.ctrip.framework.apollo.enums.ConfigSourceType;
import com.ctrip.framework.apollo.model.ConfigChangeEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** With the real apollo-client, which finds the endpoint through the meta server. */
class ApolloEndpointTest {
    @TempDir
    static Path cache;

    private static ApolloEndpoint endpoint;

    @BeforeAll
    static void start() throws IOException {
        endpoint = ApolloEndpoint.start();
        System.setProperty("app.id", "endpoint-test");
        System.setProperty("env", "DEV");
        System.setProperty("apollo.meta", endpoint.url());
        System.setProperty("apollo.cache-dir", cache.toString());
    }

    @AfterAll
    static void stop() {
        endpoint.close();
    }

    @Test
    void publish_isReadAndThenFollowedAsOneRelease() {
        endpoint.publish("followed", Map.of("a", "1", "b", "1"));
        Config config = ConfigService.getConfig("followed");
        assertThat(config.getProperty("a", null)).isEqualTo("1");
        List<ConfigChangeEvent> events = new CopyOnWriteArrayList<>();
        config.addChangeListener(events::add);

        endpoint.publish("followed", Map.of("a", "2", "c", "2"));

        await().until(() -> !events.isEmpty());
        assertThat(events.get(0).changedKeys()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(config.getPropertyNames()).containsExactlyInAnyOrder("a", "c");
        assertThat(config.getProperty("a", null)).isEqualTo("2");
    }

    @Test
    void unknownNamespace_isNotThereUntilItIsPublished() {
        Config config = ConfigService.getConfig("unknown");
        assertThat(config.getSourceType()).isEqualTo(ConfigSourceType.NONE);

        endpoint.publish("unknown", Map.of("a", "1"));

        await().until(() -> "1".equals(config.getProperty("a", null)));
    }

    @Test
    void sameReleaseKey_isNotSentAgain_andAwayIsUnavailable() throws Exception {
        endpoint.publish("keyed", Map.of("a", "1"));
        String first = get("/configs/x/default/keyed", 200);
        String key = first.replaceAll(".*\"releaseKey\":\"([^\"]+)\".*", "$1");

        get("/configs/x/default/keyed?releaseKey=" + key, 304);
        endpoint.publish("keyed", Map.of("a", "2"));
        assertThat(get("/configs/x/default/keyed?releaseKey=" + key, 200)).contains("\"a\":\"2\"");
        get("/configs/x/default/nothing", 404);
    }

    private static String get(String path, int status) throws Exception {
        var response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(endpoint.url() + path)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(status);
        return response.body();
    }
}
