package io.grayrelease.policy.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Versions by target, as in a route or in {@code gray.baseline}. A target is a Dubbo interface name, a provider
 * application name or {@code *}. Immutable.
 */
public final class Targets {
    /** The target that stands for every service. */
    public static final String ANY = "*";

    /** No target at all. */
    public static final Targets NONE = new Targets(Collections.emptyMap());

    private final Map<String, VersionPattern> versions;

    private Targets(Map<String, VersionPattern> versions) {
        this.versions = versions;
    }

    public static Targets of(Map<String, VersionPattern> versions) {
        return versions.isEmpty() ? NONE : new Targets(Collections.unmodifiableMap(new LinkedHashMap<>(versions)));
    }

    /**
     * The version for the providers that one application has of a service: what is written for the interface, else for
     * the application, else for {@code *}, else null.
     */
    public @Nullable VersionPattern versionFor(String service, @Nullable String application) {
        VersionPattern version = versions.get(service);
        if (version == null && application != null) {
            version = versions.get(application);
        }
        return version != null ? version : versions.get(ANY);
    }

    /** Whether any target that covers these providers names this version of them, whichever target would win. */
    public boolean names(String service, @Nullable String application, @Nullable String version) {
        return matches(service, version)
                || (application != null && matches(application, version))
                || matches(ANY, version);
    }

    private boolean matches(String target, @Nullable String version) {
        VersionPattern pattern = versions.get(target);
        return pattern != null && pattern.matches(version);
    }

    /** Versions by target, in the order they were written. */
    public Map<String, VersionPattern> versions() {
        return versions;
    }

    public boolean isEmpty() {
        return versions.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Targets && versions.equals(((Targets) other).versions);
    }

    @Override
    public int hashCode() {
        return versions.hashCode();
    }

    /** As a route writes them: {@code com.acme.OrderService:2.0.0, stock-app:2.1.0}. */
    @Override
    public String toString() {
        return versions.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
