package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** The state of the driver on disk: {@code current} leads to one of the folders {@code rev-<n>}. Used by one thread at a time. */
final class LuaFolders {
    private final Path state;
    private final Path current;

    LuaFolders(Path state) {
        this.state = LuaSettings.plain(state);
        this.current = this.state.resolve("current");
    }

    /** The folder in use, or null. */
    @Nullable
    Path folder() {
        try {
            return state.resolve(Files.readSymbolicLink(current));
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** What tells the files in use from others; null if there are none, or others than the settings want. */
    @Nullable
    String installed(LuaSettings settings) {
        Path folder = folder();
        return folder != null && LuaInstallation.isIn(folder, settings) ? LuaInstallation.id(folder, settings) : null;
    }

    /** Writes the files into a fresh folder, which takes the last good policy along, and uses it from now on. */
    Path install(LuaSettings settings, long revision) throws IOException {
        long number = Math.max(1, revision);
        while (Files.exists(state.resolve("rev-" + number))) {
            number++;
        }
        Path folder = state.resolve("rev-" + number);
        LuaInstallation.write(folder, settings);
        String policy = policy();
        if (policy != null) {
            Durable.write(folder.resolve(LuaInstallation.POLICY), policy);
        }
        use(folder);
        return folder;
    }

    void use(Path folder) throws IOException {
        Durable.link(current, folder.getFileName());
    }

    /** Deletes a folder that is not in use. */
    void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Deletes the folders that are neither in use nor were in use before. */
    void deleteAllBut(@Nullable Path before) throws IOException {
        try (Stream<Path> all = Files.list(state)) {
            for (Path folder : all.filter(LuaFolders::isOurs).toList()) {
                if (!folder.equals(before) && !folder.equals(folder())) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isOurs(Path path) {
        return path.getFileName().toString().matches("rev-[0-9]+") && Files.isDirectory(path);
    }

    private @Nullable String policy() {
        return Durable.read(current.resolve(LuaInstallation.POLICY));
    }

    /** The last good policy, or null if there is none that can be read. */
    @Nullable
    LastGood lastGood() {
        String text = policy();
        return text == null ? null : LastGood.parse(text, writtenAt());
    }

    private Instant writtenAt() {
        try {
            return Files.getLastModifiedTime(current.resolve(LuaInstallation.POLICY))
                    .toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    /** Keeps a text as the last good policy. */
    void save(String text) throws IOException {
        Durable.write(current.resolve(LuaInstallation.POLICY), text);
    }
}
