package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.files.DurableFiles;

/** The policy that an Nginx with Lua starts with: {@code policy.json} in the state folder, beside all revisions of the files. */
public final class PolicyFile {
    static final String NAME = "policy.json";

    private final Path file;

    private PolicyFile(Path file) {
        this.file = file;
    }

    public static PolicyFile in(Path stateFolder) {
        return new PolicyFile(stateFolder.toAbsolutePath().normalize().resolve(NAME));
    }

    /** The number of the policy; 0 if there is none that can be read. */
    public long revision() {
        LastGood policy = read();
        return policy == null ? 0 : policy.revision();
    }

    /** The policy, or null if there is none that can be read. */
    @Nullable
    LastGood read() {
        String text = text();
        return text == null ? null : LastGood.parse(text, writtenAt());
    }

    private Instant writtenAt() {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    /** What is in it, or null if it cannot be read. */
    @Nullable
    String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return null;
        }
    }

    void write(String text) throws IOException {
        DurableFiles.write(file, text);
    }

    /** Makes it what {@link #text} was. */
    void restore(@Nullable String text) throws IOException {
        if (text == null) {
            DurableFiles.delete(file);
        } else {
            write(text);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
