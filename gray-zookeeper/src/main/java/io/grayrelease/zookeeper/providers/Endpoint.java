package io.grayrelease.zookeeper.providers;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

/** One port of a process, as it registered: for clients that speak no Dubbo. Immutable. */
@AutoValue
public abstract class Endpoint {
    Endpoint() {}

    static Endpoint of(String address, @Nullable String protocol, @Nullable String version, @Nullable String httpPort) {
        return new AutoValue_Endpoint(address, protocol, version, httpPort);
    }

    /** Host and port. */
    public abstract String address();

    /** What is spoken there: {@code tri}, {@code dubbo}; null if the process does not say, as those of Spring Cloud. */
    public abstract @Nullable String protocol();

    /** The version that a route can name; null without any. */
    public abstract @Nullable String version();

    /** Where the process says to serve HTTP instead ({@code gray.http-port}), as it wrote it; null if it does not. */
    public abstract @Nullable String httpPort();
}
