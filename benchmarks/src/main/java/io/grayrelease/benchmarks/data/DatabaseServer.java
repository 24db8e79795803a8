package io.grayrelease.benchmarks.data;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.grayrelease.demo.servers.FreePorts;

/**
 * An installed database server in a process of its own, as durable as its makers ship it: every commit is flushed. It can be killed
 * and started again.
 */
abstract class DatabaseServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long LOOK_MILLIS = 20;

    private final Path folder;
    private final String account;
    private final int port;
    private @Nullable Process process;

    DatabaseServer(Path folder, String account) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.account = account;
        if (isRoot()) {
            UserPrincipal owner =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account);
            Files.setOwner(folder, owner);
        }
        this.port = FreePorts.next();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "database-shutdown"));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Neither server runs as root; in place of the process and not beside it, so that a kill meets it. */
    private List<String> asAccount(List<String> command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + account, "--regid=" + account, "--clear-groups", "--"));
        }
        all.addAll(command);
        return all;
    }

    abstract Make make();

    /** What makes an empty data folder. */
    abstract List<String> install();

    abstract List<String> command();

    abstract DatabaseAddress address(String database);

    final Path folder() {
        return folder;
    }

    final int port() {
        return port;
    }

    final DatabaseServer started() throws IOException, InterruptedException {
        File log = folder.resolve("install.log").toFile();
        int exit = process(install(), log).waitFor();
        if (exit != 0) {
            throw new IOException(install() + ": " + Files.readString(log.toPath()));
        }
        start();
        return this;
    }

    private Process process(List<String> command, File log) throws IOException {
        return new ProcessBuilder(asAccount(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /** Starts it and waits until it answers; after a kill, it may first have to wait for what is left of the one before. */
    final void start() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (process == null || !process.isAlive()) {
                process = process(command(), folder.resolve("server.log").toFile());
            }
            if (answers()) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IOException("the server in " + folder + " does not answer; see its server.log");
    }

    private boolean answers() {
        try {
            version();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Make and version, as the server says it. */
    final String version() throws SQLException {
        try (Connection connection = administration();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            return make().title() + " "
                    + row.getString(1).replaceFirst("^PostgreSQL ", "").split("[ -]", 2)[0];
        }
    }

    /** Makes an empty database. */
    final DatabaseAddress create(String database) throws SQLException {
        try (Connection connection = administration();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
        return address(database);
    }

    private Connection administration() throws SQLException {
        DatabaseAddress address = address(make().administration());
        return DriverManager.getConnection(address.url(), address.user(), "");
    }

    /** As kill -9, of its child processes too. */
    final void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(running.descendants(), Stream.of(running.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    /** Ends it; the folder stays, for its logs. */
    @Override
    public final void close() {
        kill();
    }
}
