package io.grayrelease.zookeeper.providers;

import java.util.Comparator;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

/** One process that provides a service, as it registered. Immutable. */
@AutoValue
public abstract class Provider {
    private static final Comparator<@Nullable String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

    static final Comparator<Provider> ORDER = Comparator.comparing(Provider::service)
            .thenComparing(Provider::application, TEXT)
            .thenComparing(Provider::version, TEXT)
            .thenComparing(Provider::address);

    Provider() {}

    static Provider of(String service, @Nullable String application, @Nullable String version, String address) {
        return new AutoValue_Provider(service, application, version, address);
    }

    /** The Dubbo interface. */
    public abstract String service();

    /** The application that provides it, if it said so. */
    public abstract @Nullable String application();

    /** The version that a route can name: {@code gray.version}, else {@code application.version}; null without either. */
    public abstract @Nullable String version();

    /** Host and port. */
    public abstract String address();
}
