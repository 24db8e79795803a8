package io.grayrelease.policy.parse;

import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;
import com.google.auto.value.extension.memoized.Memoized;

import io.grayrelease.policy.check.PolicyChecker;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** A policy with its warnings, or everything that is wrong with the snapshot. */
@AutoValue
public abstract class ParseResult {
    ParseResult() {}

    static ParseResult accepted(GrayPolicy policy, Problems warnings) {
        return new AutoValue_ParseResult(policy, Collections.emptyList(), warnings.sorted());
    }

    static ParseResult rejected(Problems errors, Problems warnings) {
        if (errors.isEmpty()) {
            throw new IllegalArgumentException("a rejected snapshot has errors");
        }
        return new AutoValue_ParseResult(null, errors.sorted(), warnings.sorted());
    }

    /** The policy, or null if there are errors. */
    public abstract @Nullable GrayPolicy policy();

    /** Everything that is wrong, sorted by key and column; empty if and only if there is a policy. */
    public abstract List<Problem> errors();

    /** What was noticed while the snapshot was read. */
    abstract List<Problem> noticed();

    /**
     * What looks wrong but is accepted, sorted by key and column. A policy is checked when this is first asked: for 10,000
     * keys that takes longer than reading them.
     */
    @Memoized
    public List<Problem> warnings() {
        GrayPolicy accepted = policy();
        if (accepted == null) {
            return noticed();
        }
        Problems warnings = new Problems();
        noticed().forEach(warnings::add);
        PolicyChecker.check(accepted).forEach(warnings::add);
        return warnings.sorted();
    }
}
