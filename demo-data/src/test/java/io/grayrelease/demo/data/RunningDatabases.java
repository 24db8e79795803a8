package io.grayrelease.demo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.grayrelease.demo.DemoException;
import io.grayrelease.demo.data.database.Make;

import static org.junit.jupiter.api.Assumptions.abort;

/** Both databases for a test, or no test where this machine can run none. */
final class RunningDatabases {
    private RunningDatabases() {}

    /** Starts them in a folder. */
    static Databases in(Path folder) throws IOException {
        open(folder);
        try {
            return Databases.start(Make.POSTGRESQL, folder);
        } catch (DemoException e) {
            return abort(e.getMessage());
        }
    }

    /** Lets other accounts pass a folder: PostgreSQL is not run as root. */
    static Path open(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
}
