package io.grayrelease.cli.fleet;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.zookeeper.providers.Provider;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For commands that publish: whether to wait until processes have the policy, and how long. */
public final class ArrivalOptions implements AutoCloseable {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--zookeeper",
            paramLabel = "ZOOKEEPER",
            description =
                    "Where services register, " + ZooKeeperPlace.FORM + ": wait until all processes run on the policy.")
    private @Nullable ZooKeeperPlace place;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long to wait for them; by default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private Duration timeout;

    private @Nullable ZooKeeper zooKeeper;

    /** Connects if somebody wants to wait: nothing is published that could not be watched. */
    public void connect() throws UnreadableException {
        if (place != null) {
            zooKeeper = ZooKeeper.connect(place);
        }
    }

    /** The providers that are alive; null if nobody asked. */
    public @Nullable List<Provider> providers() throws UnreadableException {
        return zooKeeper == null ? null : zooKeeper.providers().all();
    }

    /** Waits until all processes run on a policy or refused it, or the time is over; null if nobody wants to wait. */
    public @Nullable Arrival await(String hash) {
        if (zooKeeper == null) {
            return null;
        }
        CommandLine line = command.commandLine();
        try (Progress progress =
                Progress.of(line.getErr(), line.getColorScheme().ansi().enabled())) {
            return new Waiting(zooKeeper, hash).await(timeout, progress);
        }
    }

    @Override
    public void close() {
        if (zooKeeper != null) {
            zooKeeper.close();
        }
    }
}
