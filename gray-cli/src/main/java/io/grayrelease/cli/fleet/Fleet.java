package io.grayrelease.cli.fleet;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.grayrelease.zookeeper.Instance;
import io.grayrelease.zookeeper.Instances;

/**
 * How far the newest policy has come: that which a process was the last to accept.
 *
 * @param policies those that processes run on, the newest first
 * @param members all processes
 * @param unreadable nodes that are no process
 */
record Fleet(List<Running> policies, List<Member> members, List<String> unreadable) {
    /**
     * A policy that processes run on.
     *
     * @param accepted when the last of them accepted it
     */
    record Running(String hash, int processes, Instant accepted) {}

    /**
     * A process.
     *
     * @param behindSince since when others run on the newest policy; null if this one does, or has none
     */
    record Member(Instance instance, @Nullable Instant behindSince) {}

    static Fleet of(Instances instances) {
        List<Running> policies = policies(instances.all());
        List<Instance> newest =
                policies.isEmpty() ? List.of() : runningOn(policies.get(0).hash(), instances.all());
        return new Fleet(
                policies,
                instances.all().stream()
                        .map(instance -> new Member(instance, behindSince(instance, newest)))
                        .toList(),
                instances.unreadable());
    }

    private static List<Running> policies(List<Instance> instances) {
        Map<String, Running> policies = new LinkedHashMap<>();
        for (Instance instance : instances) {
            String hash = instance.policy();
            if (hash != null) {
                policies.merge(hash, new Running(hash, 1, acceptedAt(instance)), Fleet::both);
            }
        }
        return policies.values().stream()
                .sorted(Comparator.comparing(Running::accepted).reversed().thenComparing(Running::hash))
                .toList();
    }

    private static Running both(Running one, Running other) {
        Instant accepted = one.accepted().isAfter(other.accepted()) ? one.accepted() : other.accepted();
        return new Running(one.hash(), one.processes() + other.processes(), accepted);
    }

    private static Instant acceptedAt(Instance instance) {
        Instant at = instance.acceptedAt();
        return at == null ? Instant.EPOCH : at;
    }

    private static List<Instance> runningOn(String hash, List<Instance> instances) {
        return instances.stream()
                .filter(instance -> hash.equals(instance.policy()))
                .toList();
    }

    /** Only acceptances after its own: who has the newest one from before it was taken back knows nothing of the process. */
    private static @Nullable Instant behindSince(Instance instance, List<Instance> newest) {
        if (instance.policy() == null || newest.contains(instance)) {
            return null;
        }
        return newest.stream()
                .map(Fleet::acceptedAt)
                .filter(at -> !at.isBefore(acceptedAt(instance)))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    List<Instance> rejecting() {
        return members.stream()
                .map(Member::instance)
                .filter(instance -> instance.rejected() != null)
                .toList();
    }

    /** Those that make another program run on the policy. */
    List<Instance> executors() {
        return members.stream()
                .map(Member::instance)
                .filter(instance -> instance.driver() != null)
                .toList();
    }

    private boolean hasErrors() {
        return members.stream().anyMatch(member -> member.instance().error() != null);
    }

    long withoutPolicy() {
        return members.stream()
                .map(member -> member.instance().policy())
                .filter(Objects::isNull)
                .count();
    }

    /** Whether there is nothing to wait for: one policy, which nobody refused, no error, and nobody who cannot be asked. */
    boolean isSettled() {
        return policies.size() == 1 && rejecting().isEmpty() && !hasErrors() && unreadable.isEmpty();
    }
}
