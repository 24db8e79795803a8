package io.grayrelease.cli.fleet;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.grayrelease.zookeeper.providers.Provider;

/** How many providers each version has, in words and for programs. */
public final class VersionCounts {
    /** For providers that registered none. */
    public static final String NO_VERSION = "no version";

    private VersionCounts() {}

    public static Map<String, Integer> of(List<Provider> providers) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Provider provider : providers) {
            String version = provider.version();
            counts.merge(version == null ? NO_VERSION : version, 1, Integer::sum);
        }
        return counts;
    }

    /** {@code 2 of 1.0.0, 1 of 2.0.0}. */
    public static String text(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(version -> version.getValue() + " of " + version.getKey())
                .collect(Collectors.joining(", "));
    }
}
