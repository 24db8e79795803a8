package io.grayrelease.nginx.model;

import java.util.List;

import io.grayrelease.gateway.ValueSource;

/**
 * Where the values of an HTTP request are found that have more than one place. Immutable.
 *
 * @param uid in order; the first that is not empty counts
 * @param token likewise
 * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} counts for {@code ip}
 */
public record HttpSources(List<ValueSource> uid, List<ValueSource> token, List<String> trustedProxies) {
    public HttpSources {
        uid = List.copyOf(uid);
        token = List.copyOf(token);
        trustedProxies = List.copyOf(trustedProxies);
    }
}
