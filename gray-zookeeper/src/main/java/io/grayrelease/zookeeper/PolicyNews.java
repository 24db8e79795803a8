package io.grayrelease.zookeeper;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;

/** What the fleet is told of a repository. */
final class PolicyNews {
    /** A node is read by all tools, and ZooKeeper bounds its size; the process has the rest in its log. */
    private static final int MAX_PROBLEMS = 10;

    private static final int MAX_PROBLEM_LENGTH = 1_000;

    private PolicyNews() {}

    static Instance.Builder tell(PolicyStatus status, Instance.Builder instance) {
        PolicyInForce inForce = status.inForce();
        PolicyStatus.Rejection rejection = status.rejection();
        return instance.setStatus(word(status))
                .setPolicy(inForce == null ? null : inForce.policy().hash())
                .setAcceptedAt(inForce == null ? null : inForce.acceptedAt())
                .setRejected(rejection == null ? null : rejection.hash())
                .setRejectedAt(rejection == null ? null : rejection.at())
                .setProblems(rejection == null ? Collections.emptyList() : lines(rejection.errors()));
    }

    private static Instance.Status word(PolicyStatus status) {
        if (status.rejection() != null) {
            return Instance.Status.REJECTED;
        }
        if (status.inForce() == null) {
            return Instance.Status.NONE;
        }
        return status.fromDisk() ? Instance.Status.RESTORED : Instance.Status.ACCEPTED;
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream()
                .limit(MAX_PROBLEMS)
                .map(Problem::toString)
                .map(line -> line.length() <= MAX_PROBLEM_LENGTH ? line : line.substring(0, MAX_PROBLEM_LENGTH) + "...")
                .collect(Collectors.toList());
    }
}
