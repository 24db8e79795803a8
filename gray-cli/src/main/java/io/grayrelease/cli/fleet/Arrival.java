package io.grayrelease.cli.fleet;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.zookeeper.Instance;
import io.grayrelease.zookeeper.InstanceNode;
import io.grayrelease.zookeeper.Instances;

/**
 * How far a published policy has come among the processes that are there. Those that have the extension switched off are left
 * out.
 *
 * @param seconds since it was published
 * @param unreadable nodes that are no process, or one that is newer than this tool
 * @param problem why nothing newer is known; null if ZooKeeper answered
 */
public record Arrival(
        String hash,
        double seconds,
        List<Instance> arrived,
        List<Instance> behind,
        List<Instance> rejecting,
        List<String> unreadable,
        @Nullable String problem) {
    static Arrival of(String hash, Instances instances, double seconds) {
        List<Instance> asked = instances.all().stream()
                .filter(instance -> instance.status() != Instance.Status.OFF)
                .toList();
        return new Arrival(
                hash,
                seconds,
                asked.stream()
                        .filter(instance -> hash.equals(instance.policy()))
                        .toList(),
                asked.stream()
                        .filter(instance -> !hash.equals(instance.policy()) && !hash.equals(instance.rejected()))
                        .toList(),
                asked.stream()
                        .filter(instance -> !hash.equals(instance.policy()) && hash.equals(instance.rejected()))
                        .toList(),
                instances.unreadable(),
                null);
    }

    static Arrival unknown(String hash, double seconds, String problem) {
        return new Arrival(hash, seconds, List.of(), List.of(), List.of(), List.of(), problem);
    }

    int processes() {
        return arrived.size() + behind.size() + rejecting.size();
    }

    /** Whether every process runs on it, there is one, and none that cannot be asked. */
    public boolean isComplete() {
        return !arrived.isEmpty() && isOver() && rejecting.isEmpty() && unreadable.isEmpty();
    }

    /** Whether there is nobody left to wait for. */
    boolean isOver() {
        return processes() > 0 && behind.isEmpty() && problem == null;
    }

    /** In a few words: {@code 3 of 4 processes run on policy cffe0e4453c7}. */
    public String summary() {
        if (problem != null) {
            return "not known who runs on policy " + hash + ": " + problem;
        }
        return processes() == 0 && unreadable.isEmpty()
                ? "no process tells its policy here"
                : arrived.size() + " of " + processes() + " processes run on policy " + hash;
    }

    public void print(Console console) {
        String found = isComplete() ? console.green("arrived") : console.red("not arrived");
        console.line(found + ": " + summary() + ", after " + String.format(Locale.ROOT, "%.1f s", seconds));
        behind.forEach(instance -> console.line("  behind: " + name(instance) + ", on "
                + (instance.policy() == null ? "none" : instance.policy()) + ", from " + instance.source()
                + (instance.error() == null ? "" : ": " + instance.error())));
        rejecting.forEach(instance -> {
            console.line("  rejected by " + name(instance));
            instance.problems().forEach(line -> console.line("    " + line));
        });
        unreadable.forEach(node -> console.line("  cannot be read: " + InstanceNode.PARENT + "/" + node));
    }

    private static String name(Instance instance) {
        return instance.application() + " at " + instance.address();
    }

    /** The same for programs. */
    public Object json() {
        return new Json(
                isComplete(),
                seconds,
                processes(),
                arrived.size(),
                behind.stream().map(Arrival::json).toList(),
                rejecting.stream().map(Arrival::json).toList(),
                unreadable,
                problem);
    }

    private record Json(
            boolean complete,
            double seconds,
            int processes,
            int arrived,
            List<JsonInstance> behind,
            List<JsonInstance> rejecting,
            List<String> unreadable,
            @Nullable String problem) {}

    private record JsonInstance(
            String application, String address, @Nullable String policy, String source, List<String> problems) {}

    private static JsonInstance json(Instance instance) {
        return new JsonInstance(
                instance.application(), instance.address(), instance.policy(), instance.source(), instance.problems());
    }
}
