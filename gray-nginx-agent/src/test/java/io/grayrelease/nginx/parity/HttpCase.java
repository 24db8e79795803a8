package io.grayrelease.nginx.parity;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.HttpHead;

/**
 * A request as bytes, and as a Java server sees it.
 *
 * @param query null: none
 * @param headers in order, in the case in which they are sent
 */
record HttpCase(@Nullable String query, List<Header> headers) {
    record Header(String name, String value) {}

    /** Texts are sent in UTF-8. */
    byte[] bytes() {
        StringBuilder text =
                new StringBuilder("GET /" + (query == null ? "" : "?" + query) + " HTTP/1.1\r\nHost: web\r\n");
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    boolean isAscii() {
        return new String(bytes(), StandardCharsets.UTF_8).chars().allMatch(c -> c < 0x80);
    }

    /** As a server sees it that reads bytes in a character set: servers differ in that. */
    HttpHead readIn(Charset charset, String peer) {
        return new HttpHead() {
            @Override
            public List<String> headers(String name) {
                return headers.stream()
                        .filter(header -> header.name().equalsIgnoreCase(name))
                        .map(header -> read(header.value()))
                        .toList();
            }

            @Override
            public Collection<String> names() {
                return headers.stream()
                        .map(header -> header.name().toLowerCase(Locale.ROOT))
                        .toList();
            }

            @Override
            public @Nullable String query() {
                return query == null ? null : read(query);
            }

            @Override
            public String peer() {
                return peer;
            }

            private String read(String text) {
                return new String(text.getBytes(StandardCharsets.UTF_8), charset);
            }
        };
    }
}
