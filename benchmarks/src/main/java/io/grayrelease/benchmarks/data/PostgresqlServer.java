package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL, of Debian's package {@code postgresql}. */
final class PostgresqlServer extends DatabaseServer {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private final Path programs;

    PostgresqlServer(Path folder) throws IOException {
        super(folder, "postgres");
        try (Stream<Path> all = Files.isDirectory(VERSIONS) ? Files.list(VERSIONS) : Stream.empty()) {
            this.programs = all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException(VERSIONS + ": found no server, expected Debian's postgresql"));
        }
    }

    @Override
    Make make() {
        return Make.POSTGRESQL;
    }

    @Override
    List<String> install() {
        return List.of(
                programs.resolve("initdb").toString(),
                "-D",
                data(),
                "-U",
                "gray",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N");
    }

    @Override
    List<String> command() {
        return List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data(),
                "-h",
                "127.0.0.1",
                "-p",
                "" + port(),
                "-k",
                "",
                "-c",
                "max_connections=250");
    }

    private String data() {
        return folder().resolve("data").toString();
    }

    @Override
    DatabaseAddress address(String database) {
        String url = "jdbc:postgresql://127.0.0.1:" + port() + "/" + database + "?connectTimeout=2&socketTimeout=30";
        return new DatabaseAddress(make(), url, "gray");
    }
}
