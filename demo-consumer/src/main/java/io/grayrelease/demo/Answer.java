package io.grayrelease.demo;

import java.util.List;
import java.util.stream.Collectors;

import io.grayrelease.demo.api.Hop;

/**
 * How the request of one uid went.
 *
 * @param uid whose request it was
 * @param tag the tags that reached the services, {@code -} for baseline, {@code none} where nothing was decided
 * @param path the services on its way, {@code order 2.0.0 > stock 2.0.0}, or {@code failed: } and why
 */
record Answer(long uid, String tag, String path) {
    private static final String FAILED = "failed: ";

    /** Tags that differ between the hops are shown one after the other: no expectation will ever want that. */
    static Answer of(long uid, List<Hop> hops) {
        return new Answer(
                uid,
                hops.stream().map(Hop::tag).distinct().collect(Collectors.joining(" then ")),
                hops.stream().map(Hop::toString).collect(Collectors.joining(" > ")));
    }

    static Answer failed(long uid, Exception error) {
        return new Answer(uid, "?", FAILED + String.valueOf(error.getMessage()).replaceAll("\\s+", " "));
    }

    /** As one line, for {@link #parse}. */
    String line() {
        return uid + "\t" + tag + "\t" + path;
    }

    static Answer parse(String line) {
        String[] parts = line.split("\t", -1);
        return new Answer(Long.parseLong(parts[0]), parts[1], parts[2]);
    }

    boolean isFailed() {
        return path.startsWith(FAILED);
    }
}
