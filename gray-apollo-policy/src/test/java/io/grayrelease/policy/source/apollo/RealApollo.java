package io.grayrelease.policy.source.apollo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.grayrelease.demo.servers.ApolloEndpoint;

/**
 * The Apollo endpoint that apollo-client in this JVM talks to. There is one for all tests, and it lives as long as they do,
 * since apollo-client keeps what it was first told; each test has a namespace of its own.
 */
final class RealApollo {
    /** What apollo-client is told besides where Apollo is: who asks, and not to pause between requests. */
    static final Map<String, String> SETTINGS = Map.of(
            "app.id", "gray-test",
            "env", "DEV",
            "apollo.longPollingInitialDelayInMills", "0",
            "apollo.loadConfigQPS", "1000",
            "apollo.longPollQPS", "1000");

    private RealApollo() {}

    private static ApolloEndpoint start() {
        try {
            ApolloEndpoint endpoint = ApolloEndpoint.start(0, Duration.ofMillis(100));
            SETTINGS.forEach(System::setProperty);
            System.setProperty("apollo.meta", endpoint.url());
            System.setProperty(
                    "apollo.cache-dir",
                    Files.createTempDirectory(Path.of("target"), "apollo-cache").toString());
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ApolloEndpoint endpoint() {
        return Running.ENDPOINT;
    }

    private static final class Running {
        static final ApolloEndpoint ENDPOINT = start();
    }
}
