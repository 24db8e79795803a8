package io.grayrelease.policy.decide;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Value;

/** The values of one request, as rules see them. An entry (Dubbo, HTTP) implements it. */
@FunctionalInterface
public interface RequestView {
    /** The value, or null if the request does not have it. Must not throw. */
    @Nullable
    String get(Value value);
}
