package io.grayrelease.cli.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.text.UnreadableException;

/** A file that says where both stores are. */
final class StoresFile {
    static final Set<String> KEYS =
            new TreeSet<>(Set.of("old.url", "old.user", "old.password", "new.url", "new.user", "new.password"));

    private StoresFile() {}

    /** Its keys; none if there is no file. */
    static Properties read(@Nullable Path file) throws UnreadableException {
        Properties keys = new Properties();
        if (file == null) {
            return keys;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            keys.load(reader);
        } catch (NoSuchFileException e) {
            throw new UnreadableException(file.toString(), "found no such file, expected one with " + KEYS, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableException(file.toString(), e.toString(), e);
        }
        for (String key : keys.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                throw new UnreadableException(file.toString(), "found " + key + ", expected " + KEYS);
            }
        }
        return keys;
    }
}
