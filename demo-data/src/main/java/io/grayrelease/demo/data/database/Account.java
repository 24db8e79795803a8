package io.grayrelease.demo.data.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** As whom the database servers run: PostgreSQL refuses to be root. */
final class Account {
    /** {@code nobody}, by the number that it has everywhere. */
    private static final int NOBODY = 65_534;

    private Account() {}

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Gives a folder to whoever runs the servers. */
    static Path own(Path folder) throws IOException {
        if (isRoot()) {
            Files.setAttribute(folder, "unix:uid", NOBODY);
            Files.setAttribute(folder, "unix:gid", NOBODY);
        }
        return folder;
    }

    /** A command that runs in place of itself as that account. */
    static List<String> command(List<String> command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        }
        all.addAll(command);
        return all;
    }
}
