package io.grayrelease.policy.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/**
 * Finds the phases of data migrations that cannot follow those of the policy before. Services take a step at a time
 * whatever a policy says; here an operator is told so.
 */
public final class DataSteps {
    private DataSteps() {}

    /** The warnings about what changes from one policy to the next, by migration. */
    public static List<Problem> check(GrayPolicy before, GrayPolicy after) {
        List<Problem> warnings = new ArrayList<>();
        before.migrations().forEach((name, was) -> {
            if (!after.migrations().containsKey(name)) {
                warnings.add(Problem.ofKey(
                        was.key(),
                        "no such key any more",
                        "one until no service has the migration: those that know it stay in " + was.phase()));
            }
        });
        after.migrations().forEach((name, is) -> {
            Problem problem = step(before.migrations().get(name), is);
            if (problem != null) {
                warnings.add(problem);
            }
        });
        return warnings;
    }

    private static @Nullable Problem step(@Nullable DataMigration was, DataMigration is) {
        if (was == null) {
            return is.phase().compareTo(DataPhase.CAPTURE) <= 0 ? null : late(is);
        }
        boolean allowed = was.phase() == is.phase() || was.phase().next().contains(is.phase());
        return allowed
                ? null
                : Problem.ofKey(is.key(), "a step from " + was.phase() + " to " + is.phase(), following(was.phase()));
    }

    /** A key that was lost and is put back looks the same as a new one. */
    private static Problem late(DataMigration is) {
        return Problem.ofKey(
                is.key(),
                is.phase() + ", where the policy before had no such key",
                "OLD_ONLY or CAPTURE, except where services are in that phase already");
    }

    private static String following(DataPhase phase) {
        return phase.next().isEmpty()
                ? phase + " to stay, which has no way back"
                : phase.next().stream().map(DataPhase::name).collect(Collectors.joining(" or ")) + " after " + phase;
    }
}
