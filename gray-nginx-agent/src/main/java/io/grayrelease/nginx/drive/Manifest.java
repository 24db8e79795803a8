package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the files of a revision were when they were written, by which edits are found: lines as {@code sha256sum -c} reads them.
 * Immutable.
 *
 * @param sums by file name
 */
record Manifest(Map<String, String> sums) {
    static final String FILE = "sha256sums";

    static Manifest of(Map<String, String> files) {
        Map<String, String> sums = new LinkedHashMap<>();
        new TreeMap<>(files).forEach((name, text) -> sums.put(name, sum(text.getBytes(StandardCharsets.UTF_8))));
        return new Manifest(sums);
    }

    static Manifest read(Path revision) throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        for (String line : Files.readAllLines(revision.resolve(FILE))) {
            int gap = line.indexOf("  ");
            if (gap != 64) {
                throw new IOException(
                        revision.resolve(FILE) + ": expected <sha-256>  <file name>, found \"" + line + "\"");
            }
            sums.put(line.substring(gap + 2), line.substring(0, gap));
        }
        return new Manifest(sums);
    }

    /** The first file that is not what it was, or is gone. */
    Optional<String> edited(Path revision) {
        return sums.entrySet().stream()
                .filter(file -> !isIntact(revision.resolve(file.getKey()), file.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isIntact(Path file, String sum) {
        try {
            return sum(Files.readAllBytes(file)).equals(sum);
        } catch (IOException e) {
            return false;
        }
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The lines of the file. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        sums.forEach((name, sum) -> lines.append(sum).append("  ").append(name).append('\n'));
        return lines.toString();
    }
}
