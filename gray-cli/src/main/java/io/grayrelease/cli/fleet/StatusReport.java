package io.grayrelease.cli.fleet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;
import io.grayrelease.cli.ExitCode;
import io.grayrelease.cli.Table;
import io.grayrelease.cli.Watch;
import io.grayrelease.cli.fleet.Fleet.Member;
import io.grayrelease.cli.fleet.Fleet.Running;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.zookeeper.Instance;
import io.grayrelease.zookeeper.InstanceNode;
import io.grayrelease.zookeeper.providers.Provider;
import io.grayrelease.zookeeper.providers.Providers;

/** Who runs on which policy, who refused one, and who provides what. */
record StatusReport(Fleet fleet, List<ServiceVersion> providers, List<String> unreadable) implements Watch.Watched {
    /** How many providers a version of a service has. */
    record ServiceVersion(String service, @Nullable String application, @Nullable String version, int providers) {}

    static StatusReport read(ZooKeeper zooKeeper) throws UnreadableException {
        Fleet fleet = Fleet.of(zooKeeper.instances());
        Providers providers = zooKeeper.providers();
        List<String> unreadable = Stream.concat(
                        fleet.unreadable().stream().map(node -> InstanceNode.PARENT + "/" + node),
                        providers.unreadable().stream())
                .toList();
        return new StatusReport(fleet, counted(providers.all()), unreadable);
    }

    /** They come sorted, so what belongs together stands together. */
    private static List<ServiceVersion> counted(List<Provider> providers) {
        Map<List<@Nullable String>, ServiceVersion> counts = new LinkedHashMap<>();
        for (Provider provider : providers) {
            List<@Nullable String> key = new ArrayList<>();
            key.add(provider.service());
            key.add(provider.application());
            key.add(provider.version());
            counts.merge(
                    key,
                    new ServiceVersion(provider.service(), provider.application(), provider.version(), 1),
                    (one, other) -> new ServiceVersion(
                            one.service(), one.application(), one.version(), one.providers() + other.providers()));
        }
        return List.copyOf(counts.values());
    }

    @Override
    public int exitCode() {
        return fleet.isSettled() ? ExitCode.FINE : ExitCode.NO;
    }

    @Override
    public void print(Console console) {
        printPolicies(console);
        if (!fleet.members().isEmpty()) {
            printMembers(console);
        }
        if (!fleet.executors().isEmpty()) {
            printExecutors(console);
        }
        fleet.rejecting().forEach(instance -> printRejection(instance, console));
        printProviders(console);
        if (!unreadable.isEmpty()) {
            console.line("");
        }
        unreadable.forEach(node -> console.line(console.red("cannot be read: ") + node));
    }

    private void printPolicies(Console console) {
        if (fleet.members().isEmpty()) {
            console.line(
                    console.yellow("no process") + " tells its policy here (" + InstanceNode.PARENT + " is empty)");
        }
        for (Running policy : fleet.policies()) {
            boolean newest = policy.equals(fleet.policies().get(0));
            console.line(console.bold("policy " + policy.hash()) + ": " + processes(policy.processes()) + ", "
                    + (newest ? "the newest" : console.yellow("behind")) + ", last accepted at "
                    + seconds(policy.accepted()));
        }
        if (fleet.withoutPolicy() > 0) {
            console.line("no policy: " + processes(fleet.withoutPolicy()));
        }
    }

    private static String processes(long number) {
        return number + (number == 1 ? " process" : " processes");
    }

    static String word(Instance.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant seconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    private void printMembers(Console console) {
        console.line("");
        Table table = Table.of("application", "address", "version", "status", "policy", "accepted", "behind since");
        for (Member member : fleet.members()) {
            Instance instance = member.instance();
            table.row(
                    instance.application(),
                    instance.address(),
                    instance.version(),
                    word(instance.status()),
                    instance.policy(),
                    seconds(instance.acceptedAt()),
                    seconds(member.behindSince()));
        }
        table.print(console);
    }

    private void printExecutors(Console console) {
        console.line("");
        Table table = Table.of("executor", "address", "driver", "revision", "applied", "error");
        for (Instance instance : fleet.executors()) {
            table.row(
                    instance.application(),
                    instance.address(),
                    instance.driver(),
                    instance.revision(),
                    seconds(instance.appliedAt()),
                    instance.error());
        }
        table.print(console);
    }

    private static void printRejection(Instance instance, Console console) {
        console.line("");
        console.line(console.red("rejected") + ": " + instance.application() + " at " + instance.address()
                + " refused policy " + instance.rejected() + " at " + seconds(instance.rejectedAt()));
        instance.problems().forEach(problem -> console.line("  " + problem));
    }

    private void printProviders(Console console) {
        console.line("");
        if (providers.isEmpty()) {
            console.line("no provider is registered");
            return;
        }
        Table table = Table.of("service", "application", "version", "providers");
        providers.forEach(
                version -> table.row(version.service(), version.application(), version.version(), version.providers()));
        table.print(console);
    }

    /** The same in one line, for logs of what happens. */
    @Override
    public String line() {
        List<String> parts = new ArrayList<>();
        fleet.policies().forEach(policy -> parts.add("policy " + policy.hash() + ": " + processes(policy.processes())));
        if (fleet.withoutPolicy() > 0 || parts.isEmpty()) {
            parts.add("no policy: " + processes(fleet.withoutPolicy()));
        }
        fleet.rejecting().stream()
                .sorted(Comparator.comparing(Instance::address))
                .forEach(instance -> parts.add(
                        instance.application() + " at " + instance.address() + " rejected " + instance.rejected()));
        fleet.executors().stream()
                .filter(instance -> instance.error() != null)
                .forEach(instance -> parts.add(
                        instance.application() + " at " + instance.address() + " has an error: " + instance.error()));
        int alive = providers.stream().mapToInt(ServiceVersion::providers).sum();
        parts.add(alive + (alive == 1 ? " provider" : " providers"));
        return String.join(", ", parts);
    }

    @Override
    public Object json() {
        return StatusJson.of(this);
    }
}
