package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.nginx.files.DurableFiles;

/** Held by the one agent that drives an Nginx: the file {@code lock} in its state folder. Ends with its process at the latest. */
public final class AgentLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLock.class);

    private static final String NAME = "lock";

    /** Within a process the file must not even be opened twice: whoever closes it loses the lock for both. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private AgentLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes it, without waiting.
     *
     * @throws IOException if another agent holds it, or the folder cannot be written
     */
    public static AgentLock take(Path stateFolder) throws IOException {
        Path file = file(stateFolder);
        if (!HELD_HERE.add(file)) {
            throw held(file, " of this process");
        }
        AgentLock lock = null;
        try {
            lock = open(file);
        } finally {
            if (lock == null) {
                HELD_HERE.remove(file);
            }
        }
        if (lock == null) {
            throw held(file, holder(file));
        }
        return lock;
    }

    private static Path file(Path stateFolder) throws IOException {
        try {
            return DurableFiles.createFolder(stateFolder.toAbsolutePath())
                    .toRealPath()
                    .resolve(NAME);
        } catch (IOException e) {
            throw new IOException("the state folder " + stateFolder + " cannot be used: " + e, e);
        }
    }

    /** Whether an agent holds it. Needs no right to write. */
    public static boolean isHeld(Path stateFolder) throws IOException {
        if (!Files.exists(stateFolder.resolve(NAME))) {
            return false;
        }
        Path file = stateFolder.toRealPath().resolve(NAME);
        if (HELD_HERE.contains(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return tryLock(channel, true) == null;
        }
    }

    private static @Nullable AgentLock open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel, false) == null) {
            channel.close();
            return null;
        }
        sign(channel);
        return new AgentLock(file, channel);
    }

    /** For people only: a full disk keeps no agent from starting. */
    private static void sign(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            LOG.warn("cannot write the process id into the lock file: {}", e.toString());
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static IOException held(Path file, String holder) {
        return new IOException(file + " is locked by another agent" + holder + ": one agent drives an Nginx;"
                + " stop the other, or give this one a state folder and an Nginx of its own");
    }

    private static String holder(Path file) {
        try {
            String pid = Files.readString(file).trim();
            return pid.matches("[0-9]+") ? ", process " + pid : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
