package io.grayrelease.demo.data.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Where PostgreSQL's programs come from: a jar on the class path, or, where it has none for this machine, the machine. */
final class PostgresqlPrograms {
    private static final String PACKED = "/postgres-linux-x86_64.txz";
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private PostgresqlPrograms() {}

    /**
     * The folder with {@code initdb} and {@code postgres}.
     *
     * @param folder an empty one, to unpack them in
     * @throws IOException that says what is missing on this machine
     */
    static Path in(Path folder) throws IOException {
        if (System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64")) {
            unpack(folder);
            return folder.resolve("bin");
        }
        return installed()
                .orElseThrow(() -> new IOException("no PostgreSQL: the demo brings one for Linux on amd64, and here is "
                        + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                        + " without one in " + INSTALLED + " (Debian's package postgresql)"));
    }

    private static Optional<Path> installed() throws IOException {
        try (Stream<Path> versions = Files.isDirectory(INSTALLED) ? Files.list(INSTALLED) : Stream.empty()) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private static void unpack(Path folder) throws IOException {
        InputStream packed = PostgresqlPrograms.class.getResourceAsStream(PACKED);
        if (packed == null) {
            throw new IOException("no PostgreSQL: " + PACKED + " is not on the class path");
        }
        try (TarArchiveInputStream files =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                unpack(entry, files, folder);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path file = entry.resolveIn(folder);
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString((entry.getMode() & 1) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
        }
    }
}
