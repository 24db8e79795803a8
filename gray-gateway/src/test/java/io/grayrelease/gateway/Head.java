package io.grayrelease.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request that a test writes. */
record Head(List<Map.Entry<String, String>> all, String query, String peer) implements HttpHead {
    static Head of(String... namesAndValues) {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Head(all, null, "192.0.2.1");
    }

    Head query(String text) {
        return new Head(all, text, peer);
    }

    Head from(String address) {
        return new Head(all, query, address);
    }

    @Override
    public List<String> names() {
        return all.stream().map(Map.Entry::getKey).toList();
    }

    @Override
    public List<String> headers(String name) {
        return all.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
