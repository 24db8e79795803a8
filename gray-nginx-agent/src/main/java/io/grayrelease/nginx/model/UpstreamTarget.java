package io.grayrelease.nginx.model;

import org.jspecify.annotations.Nullable;

/**
 * What an upstream is in a policy's words.
 *
 * @param name what the settings call it: {@code [a-z][a-z0-9_]{0,31}}; {@code $gray_upstream_<name>} in Nginx
 * @param application the application that serves it
 * @param service the Dubbo interface, where an Nginx talks to providers themselves; null: only the application is known
 */
public record UpstreamTarget(String name, String application, @Nullable String service) {}
