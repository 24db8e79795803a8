package io.grayrelease.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real PostgreSQL, of Debian's package {@code postgresql}. */
final class LivePostgresql extends LiveServer {
    private static LivePostgresql shared;

    private final Path programs;

    private LivePostgresql(Path programs) throws IOException {
        super("postgres");
        this.programs = programs;
    }

    public static boolean isInstalled() {
        return programs().isPresent();
    }

    private static Optional<Path> programs() {
        Path versions = Path.of("/usr/lib/postgresql");
        try (Stream<Path> all = Files.isDirectory(versions) ? Files.list(versions) : Stream.empty()) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static synchronized LivePostgresql shared() throws Exception {
        if (shared == null) {
            shared = started();
        }
        return shared;
    }

    static LivePostgresql started() throws Exception {
        LivePostgresql server = new LivePostgresql(programs().orElseThrow());
        server.run(as(
                "postgres",
                List.of(
                        server.programs.resolve("initdb").toString(),
                        "-D",
                        server.data().toString(),
                        "-U",
                        "gray",
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "-N")));
        server.start();
        return server;
    }

    /** Without fsync: what a process has written outlives its kill, and only not that of the machine. */
    @Override
    List<String> command() {
        return as(
                "postgres",
                List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data().toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + port(),
                        "-k",
                        "",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "fsync=off"));
    }

    @Override
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?connectTimeout=2&socketTimeout=10";
    }

    @Override
    String administration() {
        return "postgres";
    }

    @Override
    String user() {
        return "gray";
    }
}
