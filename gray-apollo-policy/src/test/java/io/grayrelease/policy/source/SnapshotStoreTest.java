package io.grayrelease.policy.source;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.policy.model.Snapshot;

import static io.grayrelease.policy.source.Snapshots.good;
import static io.grayrelease.policy.source.Snapshots.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

class SnapshotStoreTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Snapshot AWKWARD = snapshot(
            "list.\u540d",
            " \u5f20\u4e09 = x:y#!\\ \"\t\n\r\f \ud83d\ude00 ",
            "rule.1-a",
            "header[\"a b\"] == \"\\\\\" => T");

    @TempDir
    Path folder;

    private final Logs logs = new Logs();

    @AfterEach
    void stop() {
        logs.close();
    }

    private SnapshotStore store() {
        return SnapshotStore.in(folder, "apollo gray-policy");
    }

    private Path file() {
        return folder.resolve("apollo_gray-policy.properties");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void load_givesBackWhatWasSaved() {
        store().save(AWKWARD, THEN);

        assertThat(store().load()).isEqualTo(SnapshotStore.Stored.of(AWKWARD, THEN));
        assertThat(logs.lines()).isEmpty();
    }

    @Test
    void save_replacesAndLeavesOneFile_readableAsProperties() throws IOException {
        store().save(good(1), THEN);
        store().save(AWKWARD, THEN);

        assertThat(files()).containsExactly(file());
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file())));
        assertThat(properties).isEqualTo(AWKWARD.values());
    }

    @Test
    void save_writesTheSameTextForTheSameSnapshot() throws IOException {
        store().save(good(1), THEN);

        assertThat(Files.readString(file()))
                .isEqualTo("# gray policy, format 1, accepted 2026-01-02T03:04:05.678Z, hash "
                        + good(1).hash() + ", do not edit\n"
                        + "gray.route.T=com.acme.Stock\\:2.0.0\n"
                        + "gray.rule.1-a=uid \\=\\= 1 \\=> T\n");
    }

    @Test
    void save_onPosix_isForItsOwnerOnly() throws IOException {
        if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            return;
        }
        store().save(good(1), THEN);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void load_withoutAFile_isNothingAndNoLine() {
        assertThat(store().load()).isNull();
        assertThat(logs.lines()).isEmpty();
    }

    @Test
    void load_ofAFileCutAnywhere_isIgnoredWithALine() throws IOException {
        store().save(AWKWARD, THEN);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length - 1; length++) { // without its last line break it is whole
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            logs.clear();

            assertThat(store().load()).as("the first %s bytes", length).isNull();
            assertThat(logs.with("WARN gray: " + file() + " is not a policy that was kept whole"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gray.switch=on\n",
                "# gray policy, format 2, accepted 2026-01-02T03:04:05Z, hash 0123456789ab, do not edit\ngray.switch=on\n",
                "# gray policy, format 1, accepted yesterday, hash 0123456789ab, do not edit\ngray.switch=on\n",
                "# gray policy, format 1, accepted 2026-01-02T03:04:05Z, hash 0123456789ab, do not edit\na=\\u12\n",
                "\u0000\u0001\u0002"
            })
    void load_ofAForeignFile_isIgnoredWithALine(String text) throws IOException {
        Files.writeString(file(), text);

        assertThat(store().load()).isNull();
        assertThat(logs.lines()).singleElement().asString().startsWith("WARN gray: " + file());
    }

    @Test
    void load_ofAnEditedFile_isIgnored() throws IOException {
        store().save(good(1), THEN);
        Files.writeString(file(), Files.readString(file()).replace("2.0.0", "3.0.0"));

        assertThat(store().load()).isNull();
        assertThat(logs.with("not " + good(1).hash())).hasSize(1);
    }

    @Test
    void load_ofAFolderWithTheFilesName_isIgnored() throws IOException {
        Files.createDirectory(file());

        assertThat(store().load()).isNull();
        assertThat(logs.lines()).hasSize(1);
    }

    @Test
    void save_whereNoFolderCanBe_isOneLine_andThePolicyIsInForce() throws IOException {
        Path occupied = Files.writeString(folder.resolve("occupied"), "a file");
        PolicyRepository repository =
                PolicyRepository.of(SnapshotStore.in(occupied.resolve("cache"), "x"), Clock.systemUTC());

        repository.offer(good(1));

        assertThat(repository.current().policy().snapshot()).isEqualTo(good(1));
        assertThat(logs.with("WARN gray: policy " + good(1).hash() + " is in force, but not kept on disk"))
                .hasSize(1);
    }

    @Test
    void save_whereTheFileCannotBeReplaced_leavesNoTemporaryFile() throws IOException {
        Files.createDirectories(file().resolve("in the way"));

        store().save(good(1), THEN);

        assertThat(logs.with("not kept on disk")).hasSize(1);
        assertThat(files()).containsExactly(file());
    }

    @Test
    void names_areMadeFitForTheFileSystem_andStayApart() throws IOException {
        String path = "file /" + "very/long/".repeat(40) + "policy.properties";
        SnapshotStore.in(folder, path).save(good(1), THEN);
        SnapshotStore.in(folder, path.replaceFirst("very", "also")).save(good(2), THEN);
        SnapshotStore.in(folder, "../outside").save(good(3), THEN);

        assertThat(files()).hasSize(3).allSatisfy(file -> assertThat(
                        file.getFileName().toString().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(130));
        assertThat(SnapshotStore.in(folder, path).load().snapshot()).isEqualTo(good(1));
    }

    @Test
    void manyWriters_neverShowAReaderAnythingButAWholeFile() throws Exception {
        store().save(good(0), THEN);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Void>> writers = IntStream.range(0, 4)
                .<Callable<Void>>mapToObj(writer -> () -> {
                    for (int i = 0; i < 50; i++) {
                        SnapshotStore.in(folder, "apollo gray-policy").save(good(100 * writer + i), THEN);
                    }
                    return null;
                })
                .toList();
        List<Future<Void>> writing = writers.stream().map(threads::submit).toList();
        while (!writing.stream().allMatch(Future::isDone)) {
            assertThat(store().load()).isNotNull();
        }
        for (Future<Void> writer : writing) {
            writer.get();
        }
        threads.shutdown();

        assertThat(logs.lines()).isEmpty();
        assertThat(files()).containsExactly(file());
    }
}
