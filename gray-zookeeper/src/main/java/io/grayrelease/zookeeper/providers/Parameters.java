package io.grayrelease.zookeeper.providers;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What a provider says of itself in keys and values. */
final class Parameters {
    private static final String GRAY_VERSION = "gray.version";
    private static final String APPLICATION_VERSION = "application.version";

    /** Where a provider serves HTTP, if that is not the port that it registered. */
    private static final String HTTP_PORT = "gray.http-port";

    private Parameters() {}

    /** The version as the router reads it: ours first; a provider without our jars may have Dubbo's. */
    static @Nullable String version(Map<String, String> parameters) {
        String version = text(parameters, GRAY_VERSION);
        return version != null ? version : text(parameters, APPLICATION_VERSION);
    }

    /** The port that a provider says to serve HTTP on, as it wrote it; null if it says none. */
    static @Nullable String httpPort(Map<String, String> parameters) {
        return text(parameters, HTTP_PORT);
    }

    /** A value; null if it is missing or empty. */
    static @Nullable String text(Map<String, String> parameters, String key) {
        String value = parameters.get(key);
        return value == null || value.isEmpty() ? null : value;
    }
}
