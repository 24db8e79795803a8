package io.grayrelease.matrix.app;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is left to do of a request: the ways in which it goes on, one per hop. As text: {@code id|protocol|WAY,WAY}.
 *
 * @param id the request, for {@link Seen}
 * @param protocol the Dubbo protocol of all calls
 */
public record Task(String id, String protocol, List<Way> ways) {
    public static Task parse(String text) {
        String[] parts = text.split("\\|", -1);
        List<Way> ways = parts[2].isEmpty()
                ? List.of()
                : Arrays.stream(parts[2].split(",")).map(Way::valueOf).toList();
        return new Task(parts[0], parts[1], ways);
    }

    boolean isDone() {
        return ways.isEmpty();
    }

    /** What the next hop has to do. */
    Task rest() {
        return new Task(id, protocol, ways.subList(1, ways.size()));
    }

    /** The next hop has nothing to do. */
    Task last() {
        return new Task(id, protocol, List.of());
    }

    /** The same, to be done one hop later, in a way. */
    Task after(Way way) {
        return new Task(
                id, protocol, Stream.concat(Stream.of(way), ways.stream()).toList());
    }

    @Override
    public String toString() {
        return id + "|" + protocol + "|" + ways.stream().map(Way::name).collect(Collectors.joining(","));
    }
}
