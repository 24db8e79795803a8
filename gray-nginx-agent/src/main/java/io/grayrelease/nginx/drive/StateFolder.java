package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.files.DurableFiles;

/**
 * Where revisions lie: {@code rev-<n>/}, the link {@code current} to the one that Nginx includes, and {@code good} to the last one
 * that Nginx was seen to serve. Whatever moment the machine stops at, a {@code rev-<n>} is complete.
 */
final class StateFolder {
    private static final Pattern NUMBERED = Pattern.compile("(?:rev|stage)-([0-9]{1,18})");
    private static final String REVISION = "rev-";
    private static final String STAGE = "stage-";
    private static final String POLICY = "policy";
    private static final int KEPT = 5;

    private final Path root;

    private StateFolder(Path root) {
        this.root = root;
    }

    /** One that need not be there yet. */
    static StateFolder at(Path root) {
        return new StateFolder(root.toAbsolutePath().normalize());
    }

    /** Creates the folder if need be. */
    void create() throws IOException {
        if (!Files.isDirectory(root)) {
            DurableFiles.createFolder(root);
            DurableFiles.syncFolder(root);
        }
    }

    Path root() {
        return root;
    }

    Path revision(long revision) {
        return root.resolve(REVISION + revision);
    }

    Path currentLink() {
        return root.resolve("current");
    }

    /** Which revision Nginx includes; empty if there is no link, or it points to nothing. */
    OptionalLong current() {
        return target(currentLink());
    }

    /** Which revision was last seen to be served. */
    OptionalLong good() {
        return target(goodLink());
    }

    /** When a revision was marked as good; empty if it is another that is good. */
    Optional<Instant> goodSince(long revision) {
        try {
            return good().equals(OptionalLong.of(revision))
                    ? Optional.of(Files.getLastModifiedTime(goodLink(), LinkOption.NOFOLLOW_LINKS)
                            .toInstant())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path goodLink() {
        return root.resolve("good");
    }

    private OptionalLong target(Path link) {
        try {
            Path name = Files.readSymbolicLink(link);
            OptionalLong number = number(name.toString(), REVISION);
            boolean here = number.isPresent() && Files.isDirectory(revision(number.getAsLong()));
            return here ? number : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong number(String name, String prefix) {
        Matcher matcher = NUMBERED.matcher(name);
        return matcher.matches() && name.startsWith(prefix)
                ? OptionalLong.of(Long.parseLong(matcher.group(1)))
                : OptionalLong.empty();
    }

    /** The highest number that was ever used, as far as can be seen here; 0 if none. */
    long highest() {
        return numbers(REVISION).max(Comparator.naturalOrder()).orElse(0L);
    }

    private Stream<Long> numbers(String prefix) {
        return DurableFiles.children(root).stream()
                .map(path -> number(path.getFileName().toString(), prefix))
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong);
    }

    /** Writes a revision beside the others; it is none before {@link #keep}. Returns its folder. */
    Path stage(long revision, Map<String, String> files, @Nullable String policy) throws IOException {
        Path stage = root.resolve(STAGE + revision);
        DurableFiles.delete(stage);
        Files.createDirectory(stage);
        for (Map.Entry<String, String> file : files.entrySet()) {
            DurableFiles.write(stage.resolve(file.getKey()), file.getValue());
        }
        DurableFiles.write(stage.resolve(Manifest.FILE), Manifest.of(files).toString());
        label(stage, policy);
        return stage;
    }

    /** Makes a staged revision one that can be switched to. */
    void keep(long revision) throws IOException {
        DurableFiles.rename(root.resolve(STAGE + revision), revision(revision));
    }

    /** Removes a revision that was never switched to. */
    void discard(long revision) throws IOException {
        DurableFiles.delete(root.resolve(STAGE + revision));
        if (!current().equals(OptionalLong.of(revision))) {
            DurableFiles.delete(revision(revision));
        }
    }

    /** From now on, whenever Nginx reads its configuration it reads this revision. */
    void switchTo(long revision) throws IOException {
        DurableFiles.link(currentLink(), Path.of(REVISION + revision));
    }

    void markGood(long revision) throws IOException {
        if (!good().equals(OptionalLong.of(revision))) {
            DurableFiles.link(goodLink(), Path.of(REVISION + revision));
        }
    }

    /** The hash of the policy that a revision was made of; null: of none, or it is not known. */
    @Nullable
    String policy(long revision) {
        try {
            String text = Files.readString(revision(revision).resolve(POLICY)).trim();
            return text.isEmpty() ? null : text;
        } catch (IOException e) {
            return null;
        }
    }

    /** Another policy turned out to mean the same. */
    void relabel(long revision, @Nullable String policy) throws IOException {
        label(revision(revision), policy);
    }

    private static void label(Path folder, @Nullable String policy) throws IOException {
        DurableFiles.write(folder.resolve(POLICY), policy == null ? "\n" : policy + "\n");
    }

    /** Whether a revision consists of these files, as they are on disk now. */
    boolean holds(long revision, Map<String, String> files) {
        try {
            Manifest wanted = Manifest.of(files);
            return wanted.equals(Manifest.read(revision(revision)))
                    && wanted.edited(revision(revision)).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** The first file of a revision that is not as it was written. */
    Optional<String> edited(long revision) {
        try {
            return Manifest.read(revision(revision)).edited(revision(revision));
        } catch (IOException e) {
            return Optional.of(Manifest.FILE);
        }
    }

    /** What the files of a revision were when they were written; null if that cannot be read any more. */
    @Nullable
    Manifest manifest(long revision) {
        try {
            return Manifest.read(revision(revision));
        } catch (IOException e) {
            return null;
        }
    }

    /** Writes the files of a revision again, as they were. */
    void rewrite(long revision, Map<String, String> files) throws IOException {
        Files.createDirectories(revision(revision));
        for (Map.Entry<String, String> file : files.entrySet()) {
            DurableFiles.write(revision(revision).resolve(file.getKey()), file.getValue());
        }
        DurableFiles.write(
                revision(revision).resolve(Manifest.FILE), Manifest.of(files).toString());
    }

    /** Removes what a crash left half-written. */
    void clean() throws IOException {
        for (Path path : DurableFiles.children(root)) {
            String name = path.getFileName().toString();
            if (name.startsWith(STAGE)
                    || name.startsWith(StagedConfiguration.PREFIX)
                    || name.endsWith(DurableFiles.PARTIAL)) {
                DurableFiles.delete(path);
            }
        }
    }

    /** Removes the oldest revisions, neither current nor good. */
    void prune() throws IOException {
        List<Long> newestFirst =
                numbers(REVISION).sorted(Comparator.reverseOrder()).toList();
        for (long old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
            OptionalLong number = OptionalLong.of(old);
            if (!number.equals(current()) && !number.equals(good())) {
                DurableFiles.delete(revision(old));
            }
        }
    }
}
