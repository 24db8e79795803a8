package io.grayrelease.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

import io.grayrelease.policy.model.Snapshot;

/**
 * A policy as an operator publishes it.
 *
 * @param text in the form of a {@code .properties} file
 */
public record Policy(String text) {
    /** A policy that comes with the demo, by its name. */
    public static Policy named(String name) {
        try (InputStream file = Policy.class.getResourceAsStream("/policies/" + name + ".properties")) {
            return new Policy(new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The keys and values.
     *
     * @throws IllegalArgumentException if it is no {@code .properties} file
     */
    public Map<String, String> keys() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> keys = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> keys.put(key, properties.getProperty(key)));
        return keys;
    }

    /** The hash by which a process names it once it is in force. */
    public String hash() {
        return Snapshot.of(keys()).hash();
    }
}
