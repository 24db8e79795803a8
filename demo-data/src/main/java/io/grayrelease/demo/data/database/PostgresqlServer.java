package io.grayrelease.demo.data.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL. */
final class PostgresqlServer extends DatabaseServer {
    private static final long SECONDS_TO_END = 3;

    private final Path programs;
    private final Process process;

    /** Makes an empty one in a folder, and returns when it answers. */
    PostgresqlServer(Path programs, Path folder) throws IOException, InterruptedException {
        super(folder);
        this.programs = programs;
        run(program("initdb", "-U", "gray", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"));
        // Without a socket in the file system.
        String[] options = {"-h", "127.0.0.1", "-p", String.valueOf(port()), "-k", "", "-c", "max_connections=100"};
        this.process = launch(program("postgres", options));
        awaitAnswer(process, url());
    }

    private List<String> program(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(programs.resolve(name).toString(), "-D", data().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port()
                + "/postgres?user=gray&connectTimeout=2&socketTimeout=30&reWriteBatchedInserts=true";
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                run(program("pg_ctl", "stop", "-m", "immediate", "-W")); // killed, it would leave shared memory
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
