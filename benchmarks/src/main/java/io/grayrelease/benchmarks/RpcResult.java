package io.grayrelease.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.google.gson.GsonBuilder;

/**
 * What one run between processes has measured.
 *
 * @param jvm the options of the measured processes
 * @param threads that call
 * @param series in the order in which they are shown
 * @param starts of a service with our jars and without them, by turns
 * @param jars size in bytes by file name: ours, those that they bring with them, and Dubbo's
 */
public record RpcResult(String jvm, int threads, List<Series> series, List<Start> starts, Map<String, Long> jars) {
    /** A run that was made by {@link #write}. */
    static RpcResult read(Path json) throws IOException {
        try (Reader reader = Files.newBufferedReader(json)) {
            return new GsonBuilder().create().fromJson(reader, RpcResult.class);
        }
    }

    /** Writes it as JSON. */
    public void write(Path json) throws IOException {
        Files.writeString(json, new GsonBuilder().setPrettyPrinting().create().toJson(this));
    }

    /**
     * The rounds of one variant; its n-th round was run beside the n-th rounds of the others.
     *
     * @param protocol {@code dubbo} or {@code tri}
     * @param providers addresses that the consumer chose from
     * @param variant {@code WITHOUT}, {@code GRAY}, {@code TAG_ROUTER} or {@code CONDITION_ROUTER}
     */
    public record Series(String protocol, int providers, String variant, List<Round> rounds) {}

    /**
     * Some seconds of calls.
     *
     * @param perSecond calls
     * @param p50 microseconds
     * @param p99 microseconds
     * @param wrong calls that failed or were answered by the wrong version
     */
    public record Round(double perSecond, double p50, double p99, long wrong) {}

    /**
     * A service that was started, was called for a while, and was looked at.
     *
     * @param jars whether it had ours
     * @param millis from the start of its process until it served
     * @param heap bytes in use after a collection
     * @param threads their names, without numbers
     */
    public record Start(boolean jars, double millis, long heap, List<String> threads) {}
}
