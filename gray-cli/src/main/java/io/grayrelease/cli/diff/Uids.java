package io.grayrelease.cli.diff;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.text.UnreadableException;

/**
 * The users that a comparison counts.
 *
 * @param source where they are from, in words
 */
record Uids(String source, List<String> values) {
    private static final int SAMPLE = 100_000;

    static Uids of(@Nullable Path file) throws UnreadableException {
        return file == null ? sample() : read(file);
    }

    private static Uids sample() {
        return new Uids(
                "the sample 1 to " + SAMPLE + " (--uids gives your own)",
                IntStream.rangeClosed(1, SAMPLE).mapToObj(Integer::toString).toList());
    }

    /** One uid in a line; empty lines mean nothing, one that comes twice counts once. */
    private static Uids read(Path file) throws UnreadableException {
        try {
            List<String> values = Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
            return new Uids(file.toString(), values);
        } catch (IOException e) {
            throw new UnreadableException(file.toString(), e.toString());
        }
    }
}
