package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/** Files that are there as a whole or not at all, whenever the process or the machine stops. */
final class Durable {
    private Durable() {}

    /** Replaces a file, or leaves it as it is. The folder is made if it is missing. */
    static void write(Path file, String text) throws IOException {
        Path folder = Files.createDirectories(parent(file));
        Path staged = folder.resolve(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                staged, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        move(staged, file);
    }

    /** Makes a symbolic link lead elsewhere, at once. */
    static void link(Path link, Path target) throws IOException {
        Path staged = parent(link).resolve(link.getFileName() + ".new");
        Files.deleteIfExists(staged);
        Files.createSymbolicLink(staged, target);
        move(staged, link);
    }

    private static void move(Path staged, Path to) throws IOException {
        Files.move(staged, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(parent(to), StandardOpenOption.READ)) {
            folder.force(true); // else the rename may be lost
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no file: " + file);
        }
        return parent;
    }

    /** The text of a file, or null if there is none that can be read. */
    static @Nullable String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }
}
