package io.grayrelease.matrix.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.grayrelease.matrix.app.Task;

/**
 * The processes of a chain: an entry, and the services middle and end in two versions each. Every call notes where it
 * went, whichever way it went there. Thread-safe.
 */
final class Fleet implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("matrix.home"));

    private final Chain chain;
    private final String zooKeeper;
    private final Path folder;
    private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();

    private final Map<String, Integer> ports = new HashMap<>();

    private Fleet(Chain chain, String zooKeeper, Path folder) {
        this.chain = chain;
        this.zooKeeper = zooKeeper;
        this.folder = folder;
    }

    /**
     * Starts all five and waits until they serve.
     *
     * @param zooKeeper {@code host:port}
     * @param folder for logs and what processes keep; it has the policy in {@code policy.properties}
     */
    static Fleet start(Chain chain, String zooKeeper, Path folder) {
        Fleet fleet = new Fleet(chain, zooKeeper, folder);
        try {
            for (String version : List.of("1.0.0", "2.0.0")) {
                fleet.start("end", version, chain.end(), true);
                fleet.start("middle", version, chain.middle(), chain.jarsInMiddle());
            }
            fleet.start("entry", "9.9.9", chain.entry(), true);
            fleet.processes.values().forEach(ServiceProcess::awaitReady);
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private void start(String name, String version, String dubbo, boolean jars) {
        String process = name + " " + version;
        List<String> options = new ArrayList<>(List.of(
                "-Djava.net.preferIPv4Stack=true", // Dubbo 3.1 loses callbacks over IPv6
                "-Dmatrix.name=" + name,
                "-Dmatrix.version=" + version,
                "-Dmatrix.zookeeper=" + zooKeeper,
                "-Dmatrix.mode=" + chain.mode(),
                "-Dmatrix.serialization=" + chain.serialization(),
                "-Dmatrix.log=" + folder.resolve(name + "-" + version + ".log"),
                "-Ddubbo.gray.source=file:" + folder.resolve("policy.properties"),
                "-Ddubbo.gray.cache-dir=" + folder.resolve(name + "-" + version),
                "-Ddubbo.gray.version=" + version,
                "-Duser.home=" + folder));
        for (String protocol : List.of("dubbo", "tri")) {
            int port = freePort();
            ports.put(name + " " + version + " " + protocol, port);
            options.add("-Dmatrix.port." + protocol + "=" + port);
            options.add("-Dmatrix.direct." + protocol + "=127.0.0.1:"
                    + ports.get((name.equals("entry") ? "middle" : "end") + " 1.0.0 " + protocol));
        }
        options.addAll(List.of("-cp", classPath(dubbo, jars) + (chain.selector() ? ":" + selector() : "")));
        processes.put(
                process,
                ServiceProcess.start(process, chain.java(), options, folder.resolve(name + "-" + version + ".err")));
    }

    /** A folder that makes a selector known to Dubbo, as a service's own jar would. */
    private Path selector() {
        Path extensions = folder.resolve("selector/META-INF/dubbo");
        try {
            Files.createDirectories(extensions);
            Files.writeString(
                    extensions.resolve("org.apache.dubbo.rpc.PenetrateAttachmentSelector"),
                    "nothing=io.grayrelease.matrix.app.NothingSelector");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder.resolve("selector");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath(String dubbo, boolean jars) {
        try {
            String all = Files.readString(HOME.resolve("dubbo-" + dubbo + "/target/matrix.classpath"));
            return Arrays.stream(all.trim().split(":"))
                    .filter(entry -> jars || !entry.contains("/gray-"))
                    .collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException("not built: mvn package -pl matrix/driver -am", e);
        }
    }

    /** Begins a request at the entry; returns when its first call is answered. */
    String call(Task task, String... query) {
        List<String> all = new ArrayList<>(List.of("task", task.toString()));
        all.addAll(List.of(query));
        return process("entry 9.9.9").get("/call", all.toArray(new String[0]));
    }

    private ServiceProcess process(String name) {
        return Objects.requireNonNull(processes.get(name), name);
    }

    /** Where a request was seen until now: the different lines of all processes, sorted. */
    List<String> seen(String id) {
        return processes.values().stream()
                .flatMap(process -> process.get("/seen", "id", id).lines())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        processes.values().forEach(ServiceProcess::close);
    }
}
