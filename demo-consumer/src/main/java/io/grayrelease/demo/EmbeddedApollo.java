package io.grayrelease.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Publishes in the Apollo endpoint that the demo started. */
final class EmbeddedApollo implements Publisher {
    private final Child servers;
    private final String namespace;
    private final Path file;

    /** Publishes by way of a file in a folder. */
    EmbeddedApollo(Child servers, String namespace, Path folder) {
        this.servers = servers;
        this.namespace = namespace;
        this.file = folder.resolve("policy.properties");
    }

    @Override
    public void publish(Policy policy) {
        try {
            Files.writeString(file, policy.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        servers.ask("publish " + namespace + " " + file);
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(30);
    }
}
