package io.grayrelease.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real MariaDB, of Debian's package {@code mariadb-server}. */
final class LiveMariaDb extends LiveServer {
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");
    private static final Path INSTALL = Path.of("/usr/bin/mariadb-install-db");

    private static LiveMariaDb shared;

    private LiveMariaDb() throws IOException {
        super("mysql");
    }

    public static boolean isInstalled() {
        return Files.isExecutable(SERVER) && Files.isExecutable(INSTALL);
    }

    static synchronized LiveMariaDb shared() throws Exception {
        if (shared == null) {
            shared = started();
        }
        return shared;
    }

    static LiveMariaDb started() throws Exception {
        LiveMariaDb server = new LiveMariaDb();
        List<String> install = new ArrayList<>(List.of(
                INSTALL.toString(),
                "--no-defaults",
                "--datadir=" + server.data(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db"));
        if (isRoot()) {
            install.add("--user=mysql");
        }
        server.run(install);
        server.start();
        return server;
    }

    /** The log is written at each commit and not flushed: what a process has written outlives its kill. */
    @Override
    List<String> command() {
        return as(
                "mysql",
                List.of(
                        SERVER.toString(),
                        "--no-defaults",
                        "--datadir=" + data(),
                        "--socket=" + folder().resolve("socket"),
                        "--pid-file=" + folder().resolve("pid"),
                        "--bind-address=127.0.0.1",
                        "--port=" + port(),
                        "--skip-name-resolve",
                        "--innodb-flush-log-at-trx-commit=2",
                        "--innodb-buffer-pool-size=32M",
                        "--character-set-server=utf8mb4",
                        "--max-connections=200"));
    }

    @Override
    String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database + "?connectTimeout=2000&socketTimeout=10000";
    }

    @Override
    String administration() {
        return "mysql";
    }

    @Override
    String user() {
        return "root";
    }
}
