package io.grayrelease.nginx.drive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

import io.grayrelease.nginx.files.DurableFiles;

/** Which files a pattern of an include names: as glob(3) says, sorted, and links followed. */
final class Globs {
    private Globs() {}

    /** The files; the pattern itself if it is none and there is such a file. */
    static List<Path> expand(Path pattern) {
        Stream<Path> found = Stream.of(Path.of("/"));
        for (Path name : pattern.toAbsolutePath()) {
            found = isPattern(name.toString())
                    ? found.flatMap(folder -> matching(folder, name.toString()))
                    : found.map(folder -> folder.resolve(name));
        }
        return found.filter(Files::isRegularFile).toList();
    }

    private static boolean isPattern(String name) {
        return name.matches(".*[*?\\[].*");
    }

    private static Stream<Path> matching(Path folder, String pattern) {
        String escaped = pattern.replaceAll("[{}]", "\\\\$0"); // groups of alternatives are Java's alone
        PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + escaped);
        return DurableFiles.children(folder).stream()
                .filter(path -> pattern.startsWith(".")
                        || !path.getFileName().toString().startsWith("."))
                .filter(path -> matcher.matches(path.getFileName()));
    }
}
