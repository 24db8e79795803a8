package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.files.DurableFiles;

/**
 * The configuration of an Nginx with a staged revision in the place of the current one, to be tested before it is in force. Files
 * that lead to the current revision are copied and changed; all others are read where they are. It lies in a folder that mirrors the
 * one of the main configuration by links, and those above it if need be, for paths in a configuration may be relative.
 */
final class StagedConfiguration implements AutoCloseable {
    /** How the name of the folder starts that everything is in. */
    static final String PREFIX = "test-";

    private static final Directives INCLUDES = new Directives("include");

    /** What a regular expression of a location or a rewrite has captured, by number. */
    private static final Pattern NUMBERED = Pattern.compile("(?m)^[^#\\n]*\\$[1-9]");

    private final Path currentLink;
    private final Path original;
    private final Path mirror;
    private final Path main;
    private final Path staged;
    private final Map<Path, Optional<Path>> copies = new LinkedHashMap<>();
    private final Set<String> included = new HashSet<>();
    private boolean climbs;
    private boolean numbered;
    private int written;

    private StagedConfiguration(Path currentLink, Path configuration, Path mirror) throws IOException {
        this.currentLink = currentLink;
        this.original = configuration.toAbsolutePath().resolveSibling("").toRealPath();
        this.mirror = mirror;
        this.main = mirror.resolve(inside(original)).resolve(configuration.getFileName());
        this.staged = mirror.resolve("gray-staged");
    }

    /**
     * Writes it.
     *
     * @param currentLink what the configuration includes
     * @param configuration the main configuration file
     * @param stage what is to be included instead
     */
    static StagedConfiguration of(Path currentLink, Path configuration, Path stage) throws IOException {
        Path mirror = currentLink.resolveSibling(PREFIX + stage.getFileName());
        DurableFiles.delete(mirror);
        StagedConfiguration result = new StagedConfiguration(currentLink, configuration, mirror);
        boolean done = false;
        try {
            result.write(configuration, stage);
            done = true;
            return result;
        } finally {
            if (!done) {
                result.close();
            }
        }
    }

    private void write(Path configuration, Path stage) throws IOException {
        Files.createDirectories(staged);
        for (Path file : DurableFiles.children(stage)) {
            Files.writeString(staged.resolve(file.getFileName()), inPlace(Files.readString(file)));
        }
        String text = changed(read(configuration));
        mirrorFolders();
        Files.deleteIfExists(main);
        Files.writeString(main, text, StandardCharsets.ISO_8859_1);
    }

    /** Files of a revision may name each other. */
    private String inPlace(String text) {
        return text.replace(currentLink + "/", staged + "/");
    }

    private void mirrorFolders() throws IOException {
        mirrorFolder(original, null);
        for (Path folder = original; climbs && folder.getParent() != null; folder = folder.getParent()) {
            mirrorFolder(folder.getParent(), folder);
        }
    }

    private void mirrorFolder(Path folder, @Nullable Path except) throws IOException {
        Path here = Files.createDirectories(mirror.resolve(inside(folder)));
        for (Path child : DurableFiles.children(folder)) {
            if (!child.equals(except)) {
                link(here.resolve(child.getFileName()), child);
            }
        }
    }

    private static void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (FileAlreadyExistsException e) {
            // at the root only: a folder of ours has the same name
        }
    }

    private static Path inside(Path folder) {
        return Path.of("/").relativize(folder);
    }

    /** Bytes are kept as they are, whatever they mean. */
    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private String changed(String text) {
        climbs |= text.contains("../");
        String changed = INCLUDES.replace(text, this::include);
        numbered |= !changed.equals(text) && NUMBERED.matcher(text).find();
        return changed;
    }

    private @Nullable String include(String argument) {
        Path path = original.resolve(argument).normalize();
        Path own = ofRevision(path);
        if (own != null) {
            Globs.expand(own).forEach(file -> included.add(file.getFileName().toString()));
            return directive(own);
        }
        List<Path> files = Globs.expand(original.resolve(argument));
        if (files.stream().allMatch(file -> copy(file).isEmpty())) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        files.forEach(file -> all.append(directive(copy(file).orElse(file))));
        return all.toString();
    }

    private static String directive(Path file) {
        return "include \"" + file + "\";";
    }

    /** Where a file of the current revision is staged; null if a path is none. The link may be reached by other links. */
    private @Nullable Path ofRevision(Path path) {
        for (Path above = path; above.getParent() != null; above = above.getParent()) {
            if (above.getFileName().equals(currentLink.getFileName()) && isStateFolder(above.getParent())) {
                return staged.resolve(above.relativize(path));
            }
        }
        return null;
    }

    private boolean isStateFolder(Path folder) {
        try {
            return Files.isSameFile(folder, currentLink.getParent());
        } catch (IOException e) {
            return false;
        }
    }

    /** The changed copy of a file; empty if nothing in it leads to the current revision, or if it cannot be read. */
    private Optional<Path> copy(Path file) {
        Optional<Path> known = copies.get(file);
        if (known == null) {
            copies.put(file, Optional.empty()); // a file that includes itself ends here; Nginx will say so
            known = write(file);
            copies.put(file, known);
        }
        return known;
    }

    private Optional<Path> write(Path file) {
        try {
            String text = read(file);
            String changed = changed(text);
            if (changed.equals(text)) {
                return Optional.empty();
            }
            Path copy = mirror.resolve("gray-copy-" + ++written);
            Files.writeString(copy, changed, StandardCharsets.ISO_8859_1);
            return Optional.of(copy);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What is to be tested. */
    Path main() {
        return main;
    }

    /** Whether the configuration includes a file of a revision. */
    boolean includes(String name) {
        return included.contains(name);
    }

    /** Whether a file that includes one of a revision uses captures by their number. */
    boolean usesNumberedCaptures() {
        return numbered;
    }

    /** What Nginx says of this configuration, in terms of the files that people know. */
    String explain(String output) {
        Map<String, String> names = new HashMap<>();
        copies.forEach((file, copy) -> copy.ifPresent(path -> names.put(path.toString(), file.toString())));
        String text = output.replace(staged + "/", currentLink + "/");
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replaceAll(
                    Pattern.quote(name.getKey()) + "(?![0-9])", Matcher.quoteReplacement(name.getValue()));
        }
        return text.replace(mirror + "/", "/");
    }

    @Override
    public void close() throws IOException {
        DurableFiles.delete(mirror);
    }
}
