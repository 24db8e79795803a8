package io.grayrelease.matrix.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.grayrelease.demo.servers.FreePorts;

/** Starts the processes of a chain. Not thread-safe. */
final class Launcher {
    private static final String PLAIN_MAIN = "io.grayrelease.matrix.app.MatrixApp";
    private static final String BOOT_MAIN = "io.grayrelease.matrix.boot.BootApp";
    private static final Path HOME = Path.of(System.getProperty("matrix.home"));

    private final Chain chain;
    private final String zooKeeper;
    private final Path folder;
    private final List<String> policyOptions;
    private final Map<String, Integer> ports = new HashMap<>();

    /**
     * A launcher for a chain.
     *
     * @param zooKeeper {@code host:port}
     * @param folder for logs and what processes keep
     * @param policyOptions system properties that say where the policy comes from; Spring Boot's is in the folder
     */
    Launcher(Chain chain, String zooKeeper, Path folder, List<String> policyOptions) {
        this.chain = chain;
        this.zooKeeper = zooKeeper;
        this.folder = folder;
        this.policyOptions = policyOptions;
    }

    /**
     * Starts a process and does not wait until it serves.
     *
     * @param application {@code entry}, {@code middle} or {@code end}
     * @param instance what tells it from others of its version; a process that takes the place of another one has its
     *     files too
     */
    ServiceProcess start(String application, String version, String instance) {
        boolean boot = platform(application).equals(Chain.BOOT);
        String file = application + "-" + version + instance;
        List<String> options = new ArrayList<>(List.of(
                "-Djava.net.preferIPv4Stack=true", // Dubbo 3.1 loses callbacks over IPv6
                "-Dmatrix.name=" + application,
                "-Dmatrix.version=" + version,
                "-Dmatrix.zookeeper=" + zooKeeper,
                "-Dmatrix.mode=" + chain.mode(),
                "-Dmatrix.serialization=" + chain.serialization(),
                "-Dmatrix.log=" + folder.resolve(file + ".log"),
                "-Dmatrix.folder=" + folder,
                "-Duser.home=" + folder));
        if (!boot) { // its application.yml says these
            options.add("-Ddubbo.gray.cache-dir=" + folder.resolve(file));
            options.add("-Ddubbo.gray.version=" + version);
            options.addAll(policyOptions);
        }
        if (chain.isMixed()) { // Dubbo 3.3 offers its metadata over Triple, in a form that 3.1 cannot read
            options.add("-Ddubbo.application.metadata-service-protocol=dubbo");
        }
        options.addAll(portOptions(application, version));
        int qosPort = FreePorts.next();
        options.add("-Dmatrix.port.qos=" + qosPort);
        options.addAll(List.of("-cp", classPath(application), boot ? BOOT_MAIN : PLAIN_MAIN));
        return ServiceProcess.start(
                application + " " + version + instance, chain.java(), options, qosPort, folder.resolve(file + ".err"));
    }

    private List<String> portOptions(String application, String version) {
        List<String> options = new ArrayList<>();
        for (String protocol : List.of("dubbo", "tri")) {
            int port = FreePorts.next();
            ports.put(application + " " + version + " " + protocol, port);
            options.add("-Dmatrix.port." + protocol + "=" + port);
            options.add("-Dmatrix.direct." + protocol + "=127.0.0.1:"
                    + ports.get((application.equals("entry") ? "middle" : "end") + " 1.0.0 " + protocol));
        }
        return options;
    }

    int triplePort(String application, String version) {
        return Objects.requireNonNull(ports.get(application + " " + version + " tri"));
    }

    private String platform(String application) {
        return switch (application) {
            case "entry" -> chain.entry();
            case "middle" -> chain.middle();
            default -> chain.end();
        };
    }

    private String classPath(String application) {
        String platform = platform(application);
        boolean boot = platform.equals(Chain.BOOT);
        Path target = HOME.resolve(boot ? "boot" : "dubbo-" + platform).resolve("target");
        boolean jars = chain.jarsInMiddle() || !application.equals("middle");
        try {
            String all = Files.readString(target.resolve("matrix.classpath"));
            String chosen = (boot ? target.resolve("classes") + ":" : "")
                    + Arrays.stream(all.trim().split(":"))
                            .filter(entry -> jars || !entry.contains("/gray-"))
                            .collect(Collectors.joining(":"));
            return chain.selector() ? chosen + ":" + selector() : chosen;
        } catch (IOException e) {
            throw new UncheckedIOException("not built: mvn package -pl matrix/driver -am", e);
        }
    }

    /** A folder that makes a selector known to Dubbo, as a service's own jar would. */
    private Path selector() throws IOException {
        Path extensions = folder.resolve("selector/META-INF/dubbo");
        Files.createDirectories(extensions);
        Files.writeString(
                extensions.resolve("org.apache.dubbo.rpc.PenetrateAttachmentSelector"),
                "nothing=io.grayrelease.matrix.app.NothingSelector");
        return folder.resolve("selector");
    }
}
