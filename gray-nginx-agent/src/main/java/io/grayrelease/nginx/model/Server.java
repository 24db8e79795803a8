package io.grayrelease.nginx.model;

import org.jspecify.annotations.Nullable;

/**
 * One process that serves requests.
 *
 * @param address IP address and port, {@code 10.0.0.1:8080} or {@code [fd00::1]:8080}
 * @param version what a route can name; null if it registered none
 */
public record Server(String address, @Nullable String version) {}
