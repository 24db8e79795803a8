package io.grayrelease.demo.data.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two databases of the demo. It prints {@code old=} and {@code new=}, each with a JDBC URL, or {@code failed=} and why; it ends
 * them when its input ends, so they never outlive who started it.
 */
public final class DemoDatabases {
    private DemoDatabases() {}

    /** Argument: a folder of its own, which need not be there. */
    public static void main(String[] args) throws InterruptedException {
        Path folder = Path.of(args[0]);
        try {
            Path programs = PostgresqlPrograms.in(Files.createDirectories(folder.resolve("programs")));
            try (PostgresqlServer old = PostgresqlServer.start(programs, folder.resolve("old"));
                    PostgresqlServer ofNew = PostgresqlServer.start(programs, folder.resolve("new"))) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(old, ofNew)));
                System.out.println("old=" + old.url());
                System.out.println("new=" + ofNew.url());
                awaitEnd(System.in);
            }
        } catch (IOException | RuntimeException e) {
            System.out.println("failed=" + String.valueOf(e.getMessage()).replace('\n', ' '));
        }
        System.exit(0);
    }

    private static void close(PostgresqlServer... servers) {
        for (PostgresqlServer server : servers) {
            server.close();
        }
    }

    private static void awaitEnd(InputStream input) throws IOException {
        input.transferTo(OutputStream.nullOutputStream());
    }
}
