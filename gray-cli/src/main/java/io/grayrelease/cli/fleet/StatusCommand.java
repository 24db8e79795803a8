package io.grayrelease.cli.fleet;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.grayrelease.cli.Output;
import io.grayrelease.cli.Watch;
import io.grayrelease.cli.text.UnreadableException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code grayctl status}. */
@Command(
        name = "status",
        description = "Tells which process runs on which policy, who is behind and since when, who refused a policy and"
                + " why; and how many providers each version of each service has.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All processes that have a policy run on the same one, none rejected one, and none has an error.",
            "1:They do not, or no process has a policy, or a process cannot be read.",
            "2:The command line was not understood.",
            "3:ZooKeeper cannot be reached."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl status --zookeeper zk1:2181,zk2:2181,zk3:2181",
            "  grayctl status --zookeeper zk1:2181 --watch",
            "",
            "A process tells its policy if it has gray-dubbo-operations, or is an executor: an agent that keeps",
            "another program, an Nginx, on it. Providers are those that are registered, by interface or by application."
        })
public final class StatusCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--zookeeper",
            required = true,
            paramLabel = "ZOOKEEPER",
            description = "Where services register: " + ZooKeeperPlace.FORM + ".")
    @SuppressWarnings("NullAway.Init") // picocli demands it
    private ZooKeeperPlace place;

    @Option(
            names = "--watch",
            description = "Go on until stopped: draw anew on a terminal, else write what changed, a line each.")
    private boolean watch;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "How often --watch looks; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Duration interval;

    @Override
    public Integer call() throws UnreadableException {
        try (ZooKeeper zooKeeper = ZooKeeper.connect(place)) {
            StatusReport report = StatusReport.read(zooKeeper);
            return watch
                    ? new Watch(command.commandLine(), output, interval).run(() -> StatusReport.read(zooKeeper), report)
                    : output.show(report);
        }
    }
}
