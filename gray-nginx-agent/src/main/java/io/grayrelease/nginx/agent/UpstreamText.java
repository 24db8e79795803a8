package io.grayrelease.nginx.agent;

import java.util.Collection;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.grayrelease.nginx.model.ServiceUpstream;

/** Upstreams in a few words: {@code web to 2 servers (order-v2: 1), stock to nobody}. */
final class UpstreamText {
    private UpstreamText() {}

    static String of(Collection<ServiceUpstream> upstreams) {
        return upstreams.stream().map(UpstreamText::of).collect(Collectors.joining(", "));
    }

    private static String of(ServiceUpstream upstream) {
        String tags = new TreeMap<>(upstream.tags())
                .entrySet().stream()
                        .map(tag -> tag.getKey() + ": " + tag.getValue().size())
                        .collect(Collectors.joining(", "));
        return upstream.name() + " to " + servers(upstream.baseline().size())
                + (tags.isEmpty() ? "" : " (" + tags + ")");
    }

    private static String servers(int number) {
        return number == 0 ? "nobody" : number == 1 ? "1 server" : number + " servers";
    }
}
