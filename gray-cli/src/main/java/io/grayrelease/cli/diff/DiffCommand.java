package io.grayrelease.cli.diff;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Output;
import io.grayrelease.cli.TimeConverter;
import io.grayrelease.cli.Verdict;
import io.grayrelease.cli.check.CheckReport;
import io.grayrelease.cli.fleet.ZooKeeperOption;
import io.grayrelease.cli.text.PolicyText;
import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.policy.model.GrayPolicy;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grayctl diff}. */
@Command(
        name = "diff",
        description = "Tells what changes from one policy to another, statement by statement, and who moves: how many"
                + " users each tag has before and after, how many enter and leave. With --zookeeper also which versions"
                + " that are new in it no provider has.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Compared, whether they differ or not.",
            "1:Services would reject one of the policies; its problems are shown.",
            "2:The command line was not understood.",
            "3:A policy or the uids cannot be read, or ZooKeeper cannot be reached."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl diff released.properties edited.properties",
            "  grayctl diff apollo:http://apollo-meta:8080/order-app/default/gray-policy edited.properties \\",
            "      --uids active-users.txt",
            "  grayctl diff released.properties edited.properties --zookeeper zk1:2181",
            "",
            "Users are counted as requests that have a uid and nothing else. Rules that look at more, at a",
            "header say, are named; they find it missing."
        })
public final class DiffCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "OLD", description = "The policy before: " + PolicyText.FORMS + ".")
    @SuppressWarnings("NullAway.Init") // required
    private PolicyText before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The policy after.")
    @SuppressWarnings("NullAway.Init") // required
    private PolicyText after;

    @Option(
            names = "--uids",
            paramLabel = "FILE",
            description = "The users to count, one uid in a line. Without it, a fixed sample: 1 to 100000.")
    private @Nullable Path uids;

    @Mixin
    private final ZooKeeperOption zooKeeper = new ZooKeeperOption();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "The time that rules with now look at, as in 2026-11-11T00:00:00+08:00; the default is now.")
    private @Nullable Instant time;

    @Override
    public Integer call() throws UnreadableException {
        Verdict old = Verdict.of(before);
        Verdict now = Verdict.of(after);
        GrayPolicy from = old.policy();
        GrayPolicy to = now.policy();
        if (from == null || to == null) {
            return output.show(new CheckReport(Stream.of(old, now)
                    .filter(verdict -> verdict.policy() == null)
                    .toList()));
        }
        Instant at = time == null ? Clock.systemUTC().instant() : time;
        return output.show(DiffReport.of(from, to, uids, at, zooKeeper.providers()));
    }
}
