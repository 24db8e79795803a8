package io.grayrelease.policy.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** A policy with its warnings, or everything that is wrong with the snapshot. */
@AutoValue
public abstract class ParseResult {
    ParseResult() {}

    static ParseResult accepted(GrayPolicy policy, List<Problem> warnings) {
        return new AutoValue_ParseResult(policy, Collections.emptyList(), copy(warnings));
    }

    static ParseResult rejected(List<Problem> errors, List<Problem> warnings) {
        if (errors.isEmpty()) {
            throw new IllegalArgumentException("a rejected snapshot has errors");
        }
        return new AutoValue_ParseResult(null, copy(errors), copy(warnings));
    }

    /** The policy, or null if there are errors. */
    public abstract @Nullable GrayPolicy policy();

    /** Everything that is wrong, sorted by key and column; empty if and only if there is a policy. */
    public abstract List<Problem> errors();

    /** What looks wrong but is accepted, sorted by key and column. */
    public abstract List<Problem> warnings();

    private static List<Problem> copy(List<Problem> problems) {
        return Collections.unmodifiableList(new ArrayList<>(problems));
    }
}
