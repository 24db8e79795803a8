package io.grayrelease.matrix.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.Callable;

import org.apache.curator.test.TestingServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import io.grayrelease.demo.servers.ApolloEndpoint;
import io.grayrelease.policy.model.Snapshot;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A chain of three services under load, while policies, providers, ZooKeeper and Apollo come and go. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description =
                "Calls a chain of three services for a time, while policies are published, providers stop, start and"
                        + " are killed, ZooKeeper is restarted and Apollo goes away. Ends with 0 if no call went where the policy"
                        + " did not allow, none failed but those of a killed process, and nothing was left on threads.",
        sortOptions = false)
public final class Soak implements Callable<Integer> {
    private static final Duration WARM = Duration.ofSeconds(60);

    @Option(names = "--minutes", defaultValue = "10", description = "how long (default: ${DEFAULT-VALUE})")
    private int minutes;

    @Option(names = "--per-second", defaultValue = "100", description = "requests (default: ${DEFAULT-VALUE})")
    private int perSecond;

    @Option(names = "--seed", defaultValue = "1", description = "of the faults (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--folder", required = true, description = "for the logs of the processes")
    private Path folder = Path.of("");

    @Option(names = "--report", description = "a Markdown file whose marked part is replaced by the result")
    private @Nullable Path report;

    public static void main(String[] arguments) {
        int status = new CommandLine(new Soak()).execute(arguments);
        Runtime.getRuntime().halt(status); // ZooKeeper leaves threads behind
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(folder);
        SoakPolicy first = new SoakPolicy(true, 3);
        Timeline timeline = new Timeline();
        timeline.publishing(first);
        try (TestingServer zooKeeper = new TestingServer(true);
                ApolloEndpoint apollo = ApolloEndpoint.start()) {
            apollo.publish("gray-policy", first.keys());
            try (SoakFleet fleet = new SoakFleet(zooKeeper.getConnectString(), apollo.url(), folder)) {
                Awaitility.await()
                        .atMost(WARM)
                        .until(() -> fleet.haveInForce(Snapshot.of(first.keys()).hash()));
                Faults faults = new Faults(fleet, timeline, apollo, zooKeeper, first, new Random(seed));
                Tally tally = new Tally(timeline);
                warm(fleet);
                try {
                    run(fleet, faults, tally);
                } finally {
                    tally.examples().forEach(System.out::println);
                }
                return finish(tally, faults, fleet);
            }
        }
    }

    /** The first calls of processes that start at the same time find no providers yet. */
    private void warm(SoakFleet fleet) {
        fleet.entry().get("/load", "per-second", String.valueOf(perSecond));
        Awaitility.await()
                .atMost(WARM)
                .pollInterval(Duration.ofSeconds(3))
                .until(() ->
                        fleet.entry().get("/drain").lines().map(SoakCall::parse).noneMatch(SoakCall::failed));
    }

    private void run(SoakFleet fleet, Faults faults, Tally tally) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        while (System.nanoTime() < end) {
            String happened = faults.happen();
            fleet.entry().get("/drain").lines().map(SoakCall::parse).forEach(tally::add);
            System.out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + "  "
                    + tally.line() + "  " + happened);
        }
    }

    private int finish(Tally tally, Faults faults, SoakFleet fleet) throws Exception {
        fleet.leftOnThreads().forEach(tally::left);
        String text = tally.markdown(minutes, perSecond, faults.counts());
        System.out.println("\n" + text);
        if (report != null) {
            Marked.replace(report, "Soak", text);
        }
        return tally.isClean() ? 0 : 1;
    }
}
