package io.grayrelease.cli.fleet;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.text.UnreadableException;
import io.grayrelease.zookeeper.providers.Provider;

import picocli.CommandLine.Option;

/** For commands that look at the providers that are alive, if they are told where. */
public final class ZooKeeperOption {
    @Option(
            names = "--zookeeper",
            paramLabel = "ZOOKEEPER",
            description = "Where services register, " + ZooKeeperPlace.FORM + ": look at the providers alive, too.")
    private @Nullable ZooKeeperPlace place;

    /** The providers that are alive; null if nobody asked. */
    public @Nullable List<Provider> providers() throws UnreadableException {
        if (place == null) {
            return null;
        }
        try (ZooKeeper zooKeeper = ZooKeeper.connect(place)) {
            return zooKeeper.providers().all();
        }
    }
}
