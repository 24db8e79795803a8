package io.grayrelease.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** A head that can still be asked when its server uses the request for another one. Immutable. */
final class CopiedHead implements HttpHead {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final @Nullable String query;
    private final String peer;

    CopiedHead(HttpHead head) {
        for (String name : head.names()) {
            headers.put(name, new ArrayList<>(head.headers(name)));
        }
        this.query = head.query();
        this.peer = head.peer();
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, Collections.emptyList());
    }

    @Override
    public Collection<String> names() {
        return headers.keySet();
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public String peer() {
        return peer;
    }
}
