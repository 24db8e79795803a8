package io.grayrelease.matrix.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where fleets keep their files. */
final class Folders {
    private Folders() {}

    /** A folder with the policy: uid 7 is tagged T, and T as well as U is for the versions 2.0.0. */
    static Path withPolicy(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("matrix.logs"), name));
        Files.write(
                folder.resolve("policy.properties"),
                List.of(
                        "gray.switch = on",
                        "gray.rule.1-a = uid == 7 => T",
                        "gray.route.T = middle-app:2.0.0, end-app:2.0.0",
                        "gray.route.U = middle-app:2.0.0, end-app:2.0.0"));
        return folder;
    }
}
