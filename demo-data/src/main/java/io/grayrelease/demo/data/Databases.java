package io.grayrelease.demo.data;

import java.nio.file.Path;
import java.util.List;

import io.grayrelease.demo.Child;
import io.grayrelease.demo.DemoException;
import io.grayrelease.demo.data.database.DemoDatabases;
import io.grayrelease.demo.data.database.Make;

/** The process with the old and the new database. */
record Databases(Child process, String oldUrl, String newUrl) implements AutoCloseable {
    /**
     * Starts both in a folder; the new one is a PostgreSQL.
     *
     * @throws DemoException if this machine can run none, saying why
     */
    static Databases start(Make old, Path folder) {
        Child process = Child.start(
                "databases",
                folder,
                List.of(),
                DemoDatabases.class,
                folder.resolve("databases").toString(),
                old.name());
        try {
            String oldUrl = process.said("");
            if (!oldUrl.startsWith("old=")) {
                throw new DemoException(oldUrl.replace("failed=", ""), null);
            }
            return new Databases(process, oldUrl.substring("old=".length()), process.said("new="));
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
