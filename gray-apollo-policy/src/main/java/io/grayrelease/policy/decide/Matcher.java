package io.grayrelease.policy.decide;

/** A condition that is ready to run. Immutable and thread-safe. */
@FunctionalInterface
interface Matcher {
    boolean matches(RequestView request);
}
