package io.grayrelease.policy.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Snapshot;

/** The policies in {@code src/test/resources/policies}. The name of a file is the name of its case. */
public final class PolicyFiles {
    private PolicyFiles() {}

    /** The names of all policies of a folder. */
    public static Stream<String> names(String folder) {
        try (Stream<Path> files = Files.list(directory(folder))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".properties"))
                    .map(name -> name.replace(".properties", ""))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Snapshot read(String folder, String name) throws IOException {
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(directory(folder).resolve(name + ".properties")));
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return Snapshot.of(values);
    }

    /** The lines beside a policy; none if there is no such file. */
    static List<String> expected(String folder, String name, String ending) throws IOException {
        Path file = directory(folder).resolve(name + ending);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private static Path directory(String folder) {
        try {
            return Path.of(PolicyFiles.class.getResource("/policies/" + folder).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
