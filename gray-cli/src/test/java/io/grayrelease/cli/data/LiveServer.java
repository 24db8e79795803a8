package io.grayrelease.cli.data;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** A real database server in a folder of its own, one of each make for all tests; ends with the process. */
final class LiveServer {
    private static final Path MARIADB = Path.of("/usr/sbin/mariadbd");
    private static final Path MARIADB_INSTALL = Path.of("/usr/bin/mariadb-install-db");
    private static LiveServer postgresql;
    private static LiveServer mariaDb;

    private final Path folder;
    private final int port;
    private final String account;
    private Process process;

    private LiveServer(String account) throws IOException {
        this.account = account;
        this.folder = Files.createTempDirectory("grayctl-db");
        if (isRoot()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account));
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    static boolean areInstalled() {
        return postgresqlPrograms() != null && Files.isExecutable(MARIADB) && Files.isExecutable(MARIADB_INSTALL);
    }

    private static Path postgresqlPrograms() {
        Path versions = Path.of("/usr/lib/postgresql");
        try (Stream<Path> all = Files.isDirectory(versions) ? Files.list(versions) : Stream.empty()) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    static synchronized String postgresql(String database) throws Exception {
        if (postgresql == null) {
            LiveServer server = new LiveServer("postgres");
            Path programs = postgresqlPrograms();
            String data = server.folder.resolve("data").toString();
            server.run(List.of(
                    programs.resolve("initdb").toString(),
                    "-D",
                    data,
                    "-U",
                    "gray",
                    "-A",
                    "trust",
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "-N"));
            server.start(
                    List.of(
                            programs.resolve("postgres").toString(),
                            "-D",
                            data,
                            "-h",
                            "127.0.0.1",
                            "-p",
                            "" + server.port,
                            "-k",
                            "",
                            "-c",
                            "fsync=off"),
                    server.url("postgresql", "postgres") + "?user=gray");
            postgresql = server;
        }
        execute(postgresql.url("postgresql", "postgres") + "?user=gray", "CREATE DATABASE " + database);
        return postgresql.url("postgresql", database);
    }

    static synchronized String mariaDb(String database) throws Exception {
        if (mariaDb == null) {
            LiveServer server = new LiveServer("mysql");
            List<String> install = new ArrayList<>(List.of(
                    MARIADB_INSTALL.toString(),
                    "--no-defaults",
                    "--datadir=" + server.folder.resolve("data"),
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db"));
            if (isRoot()) {
                install.add("--user=mysql");
            }
            server.run(install, false);
            server.start(
                    List.of(
                            MARIADB.toString(),
                            "--no-defaults",
                            "--datadir=" + server.folder.resolve("data"),
                            "--socket=" + server.folder.resolve("socket"),
                            "--pid-file=" + server.folder.resolve("pid"),
                            "--bind-address=127.0.0.1",
                            "--port=" + server.port,
                            "--skip-name-resolve",
                            "--innodb-flush-log-at-trx-commit=2"),
                    server.url("mariadb", "mysql") + "?user=root");
            mariaDb = server;
        }
        execute(mariaDb.url("mariadb", "mysql") + "?user=root", "CREATE DATABASE " + database);
        return mariaDb.url("mariadb", database);
    }

    private String url(String make, String database) {
        return "jdbc:" + make + "://127.0.0.1:" + port + "/" + database;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Neither server runs as root. */
    private List<String> as(List<String> command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + account, "--regid=" + account, "--clear-groups", "--"));
        }
        all.addAll(command);
        return all;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        run(command, true);
    }

    private void run(List<String> command, boolean asAccount) throws IOException, InterruptedException {
        Path log = folder.resolve("install.log");
        int exit = process(asAccount ? as(command) : command, log).waitFor();
        if (exit != 0) {
            throw new IOException(command + ": " + Files.readString(log));
        }
    }

    private Process process(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private void start(List<String> command, String url) throws IOException {
        process = process(as(command), folder.resolve("server.log"));
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            execute(url, "SELECT 1");
            return true;
        });
    }

    static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void end() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println(folder + " is left: " + e);
        }
    }
}
