package io.grayrelease.nginx.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Writes so that what was written is there after a power failure, as a whole or not at all. */
public final class DurableFiles {
    /** How names of files end that are not complete yet. */
    public static final String PARTIAL = ".partial";

    private DurableFiles() {}

    /** Creates a folder and those above it, where they are missing; a link that leads to one is one. */
    public static Path createFolder(Path folder) throws IOException {
        return Files.isDirectory(folder) ? folder : Files.createDirectories(folder);
    }

    /** Replaces a file; its folder is created if need be. */
    public static void write(Path file, String text) throws IOException {
        createFolder(parent(file));
        Path partial = file.resolveSibling(file.getFileName() + PARTIAL);
        try (FileChannel channel = FileChannel.open(
                partial, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        rename(partial, file);
    }

    /** Replaces a symbolic link. */
    public static void link(Path link, Path target) throws IOException {
        Path partial = link.resolveSibling(link.getFileName() + PARTIAL);
        Files.deleteIfExists(partial);
        Files.createSymbolicLink(partial, target);
        rename(partial, link);
    }

    /** Renames within a folder. */
    public static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(to);
    }

    /** Makes the entry of a file durable in the folder where it lies. */
    public static void syncFolder(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(parent(file), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** Deletes a file, or a folder and all that is in it; links are deleted, not followed. */
    public static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : children(path)) {
                delete(child);
            }
        }
        Files.deleteIfExists(path);
    }

    /** What lies in a folder, sorted; empty if it cannot be listed. */
    public static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
