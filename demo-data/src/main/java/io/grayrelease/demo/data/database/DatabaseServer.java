package io.grayrelease.demo.data.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import io.grayrelease.demo.Deadline;
import io.grayrelease.demo.servers.FreePorts;

/** A database server in a process and a folder of its own, on a free port of the loopback interface. */
abstract class DatabaseServer implements AutoCloseable {
    private static final Duration TO_START = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;

    /** A server whose folder must not be there yet. */
    DatabaseServer(Path folder) throws IOException {
        this.folder = Account.own(Files.createDirectory(folder));
        this.port = FreePorts.next();
    }

    /** For JDBC; where the tables of the demo come. */
    abstract String url();

    final int port() {
        return port;
    }

    final Path folder() {
        return folder;
    }

    final Path data() {
        return folder.resolve("data");
    }

    final File log() {
        return folder.resolve("server.log").toFile();
    }

    /** Runs a program to its end. */
    final void run(List<String> command) throws IOException, InterruptedException {
        if (launch(command).waitFor() != 0) {
            throw new IOException(command.get(0) + " failed: " + Files.readString(log().toPath()));
        }
    }

    /** Starts a program. */
    final Process launch(List<String> command) throws IOException {
        return new ProcessBuilder(Account.command(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log()))
                .start();
    }

    /** Returns when a server can be connected to. */
    final void awaitAnswer(Process process, String connection) {
        Deadline.await(TO_START, "a database, whose log is " + log(), () -> answers(process, connection));
    }

    private boolean answers(Process process, String connection) {
        if (!process.isAlive()) {
            throw new IllegalStateException("a database has ended; its log is " + log());
        }
        try {
            DriverManager.getConnection(connection).close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends it without waiting for anybody: nobody needs its data any more. */
    @Override
    public abstract void close();
}
