package io.grayrelease.policy.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All {@code gray.*} keys of a namespace at one moment. Immutable; keys outside {@code gray.} are not kept.
 */
public final class Snapshot {
    /** What every key of a policy starts with. */
    public static final String PREFIX = "gray.";

    private static final int HASH_BYTES = 6;

    private final SortedMap<String, String> values;
    private final String hash;

    private Snapshot(SortedMap<String, String> values) {
        this.values = Collections.unmodifiableSortedMap(values);
        this.hash = hash(values);
    }

    /** A snapshot of the {@code gray.*} entries of a namespace. */
    public static Snapshot of(Map<String, String> namespace) {
        SortedMap<String, String> values = new TreeMap<>();
        namespace.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                values.put(key, value);
            }
        });
        return new Snapshot(values);
    }

    /** This snapshot with one value replaced or added. */
    public Snapshot with(String key, String value) {
        SortedMap<String, String> changed = new TreeMap<>(values);
        changed.put(key, value);
        return new Snapshot(changed);
    }

    /** Values by key, sorted by key. */
    public SortedMap<String, String> values() {
        return values;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /**
     * Twelve lower-case hexadecimal digits that name the content: the start of the SHA-256 over the sorted keys and
     * values, each ended by a zero byte. Two processes with the same hash have the same policy.
     */
    public String hash() {
        return hash;
    }

    private static String hash(SortedMap<String, String> values) {
        MessageDigest digest = sha256();
        values.forEach((key, value) -> {
            update(digest, key);
            update(digest, value);
        });
        byte[] bytes = digest.digest();
        StringBuilder hex = new StringBuilder(2 * HASH_BYTES);
        for (int i = 0; i < HASH_BYTES; i++) {
            hex.append(Character.forDigit((bytes[i] >> 4) & 0xf, 16)).append(Character.forDigit(bytes[i] & 0xf, 16));
        }
        return hex.toString();
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot && values.equals(((Snapshot) other).values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return hash;
    }
}
