package io.grayrelease.benchmarks.rpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.google.gson.Gson;

import io.grayrelease.benchmarks.RpcResult.Start;

/** What a service pays for having our jars: starts {@link FootprintService} again and again, by turns with and without. */
final class Footprint {
    /** Dubbo's jar, and what our jars bring with them: apollo-client and what it needs. */
    private static final List<String> OTHERS = List.of(
            "dubbo-",
            "apollo-",
            "gson-",
            "guice-",
            "javax.inject-",
            "aopalliance-",
            "guava-",
            "failureaccess-",
            "listenablefuture-",
            "jsr305-",
            "checker-qual-",
            "error_prone_annotations-",
            "j2objc-annotations-");

    private final Launcher launcher;
    private final Addresses addresses;

    Footprint(Launcher launcher, Addresses addresses) {
        this.launcher = launcher;
        this.addresses = addresses;
    }

    /**
     * The starts, in their order.
     *
     * @param times that it is started with our jars, and as often without
     */
    List<Start> starts(int times) {
        String group = "footprint";
        try (Child next = launcher.start(group + "-next", true, RpcProvider.class)) {
            addresses.register(group, next.awaitReady());
            start(group, false); // the first one finds the files of the machine cold
            List<Start> starts = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                starts.add(start(group, false));
                starts.add(start(group, true));
            }
            return starts;
        }
    }

    private Start start(String group, boolean jars) {
        long start = System.nanoTime();
        try (Child child = launcher.start(
                group + (jars ? "-with" : "-without"), jars, FootprintService.class, addresses.zooKeeper(), group)) {
            child.awaitReady();
            double millis = (System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1);
            FootprintService.Look look = new Gson().fromJson(child.ask("look"), FootprintService.Look.class);
            return new Start(jars, millis, look.heap(), look.threads());
        }
    }

    /** Sizes by file name: our jars, those that they bring with them, and Dubbo's. */
    static Map<String, Long> jars() {
        Map<String, Long> sizes = new TreeMap<>();
        for (Path entry : Launcher.entries()) {
            String name = entry.getFileName().toString();
            if (Launcher.isOurs(entry) || OTHERS.stream().anyMatch(name::startsWith)) {
                sizes.put(name, size(entry));
            }
        }
        return sizes;
    }

    private static long size(Path jar) {
        try {
            return Files.size(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
