package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Held by the one agent that drives an Nginx: the file {@code lock} in its state folder. Ends with its process at the latest. */
public final class AgentLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLock.class);

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
     * @throws DriveException if another agent holds it, or the folder cannot be written
     */
    public static AgentLock take(Path stateFolder) throws DriveException {
        try {
            Path file = Files.createDirectories(stateFolder.toAbsolutePath())
                    .toRealPath()
                    .resolve("lock");
            if (!HELD_HERE.add(file)) {
                throw held(file, " of this process");
            }
            AgentLock lock = open(file);
            if (lock == null) {
                HELD_HERE.remove(file);
                throw held(file, holder(file));
            }
            return lock;
        } catch (IOException e) {
            throw new DriveException("cannot lock " + stateFolder.resolve("lock") + ": " + e, e);
        }
    }

    private static @Nullable AgentLock open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
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

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static DriveException held(Path file, String holder) {
        return new DriveException(file + " is locked by another agent" + holder + ": one agent drives an Nginx;"
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
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + file, e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
