package io.grayrelease.demo.data.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The two databases of the demo. It prints {@code old=} and {@code new=}, each with a JDBC URL, or {@code failed=} and why; it ends
 * them when its input ends, so they never outlive who started it.
 */
public final class DemoDatabases {
    private DemoDatabases() {}

    /** Arguments: a folder of its own, which need not be there, and the make of the old one; the new is a PostgreSQL. */
    public static void main(String[] args) throws InterruptedException {
        Path folder = Path.of(args[0]);
        try {
            Path programs = PostgresqlPrograms.in(Files.createDirectories(folder.resolve("postgresql")));
            try (DatabaseServer old = old(Make.valueOf(args[1]), programs, folder);
                    DatabaseServer ofNew = new PostgresqlServer(programs, folder.resolve("new"))) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(old, ofNew)));
                System.out.println("old=" + old.url());
                System.out.println("new=" + ofNew.url());
                awaitEnd(System.in);
            }
        } catch (IOException | SQLException | RuntimeException e) {
            System.out.println("failed=" + e.toString().replace('\n', ' '));
        }
        System.exit(0);
    }

    private static DatabaseServer old(Make make, Path programs, Path folder)
            throws IOException, SQLException, InterruptedException {
        return switch (make) {
            case POSTGRESQL -> new PostgresqlServer(programs, folder.resolve("old"));
            case MARIADB -> new MariaDbServer(
                    MariaDbPrograms.in(Files.createDirectory(folder.resolve("mariadb"))), folder.resolve("old"));
        };
    }

    private static void close(DatabaseServer... servers) {
        for (DatabaseServer server : servers) {
            server.close();
        }
    }

    private static void awaitEnd(InputStream input) throws IOException {
        input.transferTo(OutputStream.nullOutputStream());
    }
}
