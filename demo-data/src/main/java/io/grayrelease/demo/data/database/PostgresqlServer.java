package io.grayrelease.demo.data.database;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grayrelease.demo.Deadline;

/** A PostgreSQL in a process and a folder of its own, on a free port of the loopback interface. */
final class PostgresqlServer implements AutoCloseable {
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final long SECONDS_TO_END = 3;

    private final Path programs;
    private final Path folder;
    private final int port;
    private final Process process;

    private PostgresqlServer(Path programs, Path folder, int port, Process process) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Makes an empty one in a folder, and returns when it answers. */
    static PostgresqlServer start(Path programs, Path folder) throws IOException, InterruptedException {
        Account.own(Files.createDirectory(folder));
        initialise(programs, folder);
        int port = freePort();
        PostgresqlServer server = new PostgresqlServer(programs, folder, port, launch(programs, folder, port));
        Deadline.await(TO_START, "PostgreSQL, whose log is " + log(folder), server::answers);
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void initialise(Path programs, Path folder) throws IOException, InterruptedException {
        run(programs, folder, "initdb", "-U", "gray", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
    }

    private static void run(Path programs, Path folder, String program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString(), "-D", data(folder)));
        command.addAll(List.of(arguments));
        Process process = process(folder, command);
        if (process.waitFor() != 0) {
            throw new IOException(
                    program + " failed: " + Files.readString(log(folder).toPath()));
        }
    }

    private static Process launch(Path programs, Path folder, int port) throws IOException {
        return process(
                folder,
                List.of(
                        programs.resolve("postgres").toString(),
                        "-D",
                        data(folder),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port),
                        "-k",
                        "", // no socket in the file system
                        "-c",
                        "max_connections=100"));
    }

    private static Process process(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(Account.command(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(folder)))
                .start();
    }

    private static String data(Path folder) {
        return folder.resolve("data").toString();
    }

    private static File log(Path folder) {
        return folder.resolve("postgresql.log").toFile();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port
                + "/postgres?user=gray&connectTimeout=2&socketTimeout=30&reWriteBatchedInserts=true";
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("PostgreSQL has ended; its log is " + log(folder));
        }
        try {
            DriverManager.getConnection(url()).close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends it without waiting for anybody; nobody needs its data any more. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                run(programs, folder, "pg_ctl", "stop", "-m", "immediate", "-W");
                process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
