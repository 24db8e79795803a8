package io.grayrelease.demo.data;

import java.nio.file.Path;
import java.util.List;

import io.grayrelease.demo.Child;
import io.grayrelease.demo.DemoException;
import io.grayrelease.demo.data.database.DemoDatabases;

/** The process with the old and the new database. */
record Databases(Child process, String oldUrl, String newUrl) implements AutoCloseable {
    /**
     * Starts both in a folder.
     *
     * @throws DemoException if this machine can run none, saying why
     */
    static Databases start(Path folder) {
        Child process = Child.start(
                "databases",
                folder,
                List.of(),
                DemoDatabases.class,
                folder.resolve("databases").toString());
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
