package io.grayrelease.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The temporary folder of one run, and the end of the run: when this program ends, by itself or by Ctrl-C, its processes
 * are ended first and the folder is deleted then, unless somebody should read the logs.
 */
public final class Workspace {
    private static final long SECONDS_TO_END = 3;

    private final Path folder;
    private volatile boolean kept;
    private volatile boolean ending;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    public static Workspace open() throws IOException {
        Workspace workspace = new Workspace(Files.createTempDirectory("gray-demo-"));
        Runtime.getRuntime().addShutdownHook(new Thread(workspace::end, "demo-end"));
        return workspace;
    }

    public Path folder() {
        return folder;
    }

    /** Leaves the folder where it is, unless the run is interrupted. */
    public void keep() {
        kept = !ending;
    }

    /** After Ctrl-C every process ends in the middle of something: that is no news. */
    public void unlessEnding(Runnable say) {
        if (!ending) {
            say.run();
        }
    }

    private void end() {
        ending = true;
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList(); // Nginx is a child's child
        children.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] ends =
                children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends)
                    .completeOnTimeout(null, SECONDS_TO_END, TimeUnit.SECONDS)
                    .join();
        } finally {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        if (!kept) {
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
