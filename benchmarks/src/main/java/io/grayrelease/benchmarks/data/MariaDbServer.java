package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** MariaDB, of Debian's package {@code mariadb-server}. */
final class MariaDbServer extends DatabaseServer {
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Path INSTALL = Path.of("/usr/bin/mariadb-install-db");

    MariaDbServer(Path folder) throws IOException {
        super(folder, "mysql");
        if (!Files.isExecutable(SERVER)) {
            throw new IOException(SERVER + ": found no server, expected Debian's mariadb-server");
        }
    }

    @Override
    Make make() {
        return Make.MARIADB;
    }

    @Override
    List<String> install() {
        return List.of(
                INSTALL.toString(),
                "--no-defaults",
                data(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db");
    }

    @Override
    List<String> command() {
        return List.of(
                SERVER.toString(),
                "--no-defaults",
                data(),
                "--socket=" + folder().resolve("socket"),
                "--pid-file=" + folder().resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port(),
                "--skip-name-resolve",
                "--max-connections=250",
                "--innodb-buffer-pool-size=512M", // as shipped, a table of the runs would not be in memory
                "--character-set-server=utf8mb4");
    }

    private String data() {
        return "--datadir=" + folder().resolve("data");
    }

    @Override
    DatabaseAddress address(String database) {
        String url = "jdbc:mariadb://127.0.0.1:" + port() + "/" + database + "?connectTimeout=2000&socketTimeout=30000";
        return new DatabaseAddress(make(), url, "root");
    }
}
