package io.grayrelease.data;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.grayrelease.demo.servers.FreePorts;

import static org.awaitility.Awaitility.await;

/** A real server in a process of its own, in a folder of its own, which can be killed and started again. */
abstract class LiveProcess implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    LiveProcess(String account) throws IOException {
        this.folder = Files.createTempDirectory("gray-db");
        if (isRoot()) {
            UserPrincipal owner =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account);
            Files.setOwner(folder, owner);
        }
        this.port = FreePorts.next();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Neither server runs as root: this says as whom, in place of the process and not beside it, so that a kill meets it. */
    static List<String> as(String account, List<String> command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + account, "--regid=" + account, "--clear-groups", "--"));
        }
        all.addAll(command);
        return all;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path folder() {
        return folder;
    }

    /** What it prints, since it was started last. */
    Path log() {
        return folder.resolve("server.log");
    }

    int port() {
        return port;
    }

    abstract List<String> command();

    /** Whether it serves. */
    abstract boolean answers();

    void run(List<String> command) throws IOException, InterruptedException {
        File log = folder.resolve("install.log").toFile();
        int exit = process(command).redirectOutput(log).start().waitFor();
        if (exit != 0) {
            throw new IOException(command + ": " + Files.readString(log.toPath()));
        }
    }

    /** With temporary files of its own: a MariaDB that starts takes away those of another. */
    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("TMPDIR", folder.toString());
        return builder;
    }

    /** Starts it and waits until it answers; after a kill, it may first have to wait for what is left of the one before. */
    void start() {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (process == null || !process.isAlive()) {
                        process = process(command())
                                .redirectOutput(log().toFile())
                                .start();
                    }
                    return answers();
                });
    }

    /** As kill -9, of its child processes too. */
    void kill() throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
        process.waitFor();
    }

    @Override
    public void close() {
        try {
            if (process != null) {
                kill();
            }
            delete();
        } catch (InterruptedException | IOException e) {
            System.err.println(folder + " is left: " + e);
        }
    }

    private void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
