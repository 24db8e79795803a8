package io.grayrelease.policy.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.auto.value.AutoValue;

import io.grayrelease.policy.model.Snapshot;

/**
 * The last accepted snapshot on disk, as one file that several processes may share. It is replaced in one step, so a
 * reader sees the old one or the new one; a file that is torn, or not ours, is ignored. Nothing here throws.
 */
public final class SnapshotStore {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);

    private static final int LONGEST = 100;

    private final @Nullable Path file;

    private SnapshotStore(@Nullable Path file) {
        this.file = file;
    }

    /** A store in a folder, which is made when needed; the name tells several sources apart. */
    public static SnapshotStore in(Path folder, String name) {
        return new SnapshotStore(folder.resolve(fileName(name)));
    }

    /** The end of a long name tells more than its start, as in a path; its hash keeps it unlike others with this end. */
    private static String fileName(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String hash = Integer.toHexString(name.hashCode());
        return (safe.length() <= LONGEST ? safe : hash + safe.substring(safe.length() - LONGEST)) + ".properties";
    }

    static SnapshotStore none() {
        return new SnapshotStore(null);
    }

    void save(Snapshot snapshot, Instant acceptedAt) {
        if (file == null) {
            return;
        }
        try {
            replace(file, StoredText.write(snapshot, acceptedAt));
        } catch (IOException | RuntimeException e) {
            LOG.warn("gray: policy {} is in force, but not kept on disk: {}", snapshot.hash(), e.toString());
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "policy", ".tmp"); // readable by its owner only
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The last accepted snapshot, or null if there is none that can be trusted. */
    @Nullable
    Stored load() {
        if (file == null || !Files.exists(file)) {
            return null;
        }
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return StoredText.read(text);
        } catch (IOException | RuntimeException e) {
            LOG.warn("gray: {} is not a policy that was kept whole, ignored: {}", file, e.toString());
            return null;
        }
    }

    /** A snapshot that was kept. */
    @AutoValue
    abstract static class Stored {
        static Stored of(Snapshot snapshot, Instant acceptedAt) {
            return new AutoValue_SnapshotStore_Stored(snapshot, acceptedAt);
        }

        abstract Snapshot snapshot();

        abstract Instant acceptedAt();
    }
}
