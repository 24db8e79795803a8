package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/** There is one agent to a state directory: it has the lock, which the system takes back when the process ends, however it does. */
final class AgentLock implements AutoCloseable {
    private static final String NAME = "agent.lock";

    private final FileChannel channel;

    private AgentLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock; the directory is made when needed.
     *
     * @return null if another process, or this one, has it
     * @throws IOException if the directory cannot be written to
     */
    static @Nullable AgentLock take(Path stateDir) throws IOException {
        Files.createDirectories(stateDir);
        FileChannel channel =
                FileChannel.open(stateDir.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isFree(channel, false)) {
            return new AgentLock(channel);
        }
        channel.close();
        return null;
    }

    /** The lock is never given back by hand: it goes with the channel. */
    private static boolean isFree(FileChannel channel, boolean shared) throws IOException {
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Whether an agent has it. Needs no right to write. */
    static boolean isHeld(Path stateDir) throws IOException {
        Path file = stateDir.resolve(NAME);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return !isFree(channel, true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
