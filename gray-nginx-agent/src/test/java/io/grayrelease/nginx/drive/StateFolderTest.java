package io.grayrelease.nginx.drive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.files.DurableFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateFolderTest {
    private static final Map<String, String> FILES = Map.of("a.conf", "one;\n", "b.conf", "");

    @TempDir
    private Path folder;

    private StateFolder state;

    @BeforeEach
    void open() throws Exception {
        state = StateFolder.at(folder.resolve("new/state"));
        state.create();
    }

    private void revision(long number) throws Exception {
        state.stage(number, FILES, "hash");
        state.keep(number);
    }

    @Test
    void revision_kept_isWhatCurrentAndGoodPointTo() throws Exception {
        assertThat(state.current()).isEmpty();
        revision(1);
        assertThat(state.current()).isEmpty();

        state.switchTo(1);
        state.markGood(1);

        assertThat(state.current()).isEqualTo(OptionalLong.of(1));
        assertThat(state.good()).isEqualTo(OptionalLong.of(1));
        assertThat(state.currentLink().resolve("a.conf")).hasContent("one;\n");
        assertThat(Files.readSymbolicLink(state.currentLink())).isEqualTo(Path.of("rev-1")); // the folder can be moved
        assertThat(state.policy(1)).isEqualTo("hash");
        assertThat(state.highest()).isEqualTo(1);
    }

    @Test
    void sums_areWhatSha256sumReads() throws Exception {
        revision(1);

        Process check = new ProcessBuilder("sha256sum", "-c", "sha256sums")
                .directory(state.revision(1).toFile())
                .start();

        assertThat(check.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).isZero();
    }

    @Test
    void holds_sameFiles_unlessOneWasEdited() throws Exception {
        revision(1);
        assertThat(state.holds(1, FILES)).isTrue();
        assertThat(state.holds(1, Map.of("a.conf", "one;\n"))).isFalse();
        assertThat(state.holds(1, Map.of("a.conf", "two;\n", "b.conf", ""))).isFalse();
        assertThat(state.holds(2, FILES)).isFalse();

        Files.writeString(state.revision(1).resolve("b.conf"), "#");

        assertThat(state.holds(1, FILES)).isFalse();
        assertThat(state.edited(1)).contains("b.conf");
        state.rewrite(1, FILES);
        assertThat(state.edited(1)).isEmpty();
        Files.writeString(state.revision(1).resolve("sha256sums"), "nonsense");
        assertThat(state.edited(1)).contains("sha256sums");
    }

    @Test
    void current_pointsToNothingOfOurs_isNone() throws Exception {
        for (String target : new String[] {"rev-9", "stage-1", "rev-1x", "/"}) {
            Files.deleteIfExists(state.currentLink());
            Files.createSymbolicLink(state.currentLink(), Path.of(target));

            assertThat(state.current()).as(target).isEmpty();
        }
    }

    @Test
    void clean_leftoversOfACrash_areGoneAndNothingElse() throws Exception {
        revision(1);
        state.switchTo(1);
        state.stage(2, FILES, null);
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createFile(outside.resolve("kept"));
        Files.createDirectory(state.root().resolve("test-stage-2"));
        Files.createSymbolicLink(state.root().resolve("test-stage-2/link"), outside);
        Files.createSymbolicLink(state.root().resolve("current.partial"), Path.of("rev-2"));
        Files.createFile(state.root().resolve("lock"));

        state.clean();

        assertThat(DurableFiles.children(state.root()).stream()
                        .map(path -> path.getFileName().toString()))
                .containsExactly("current", "lock", "rev-1");
        assertThat(outside.resolve("kept")).exists();
    }

    @Test
    void prune_manyRevisions_keepsFiveAndTheLinkedOnes() throws Exception {
        for (int i = 1; i <= 12; i++) {
            revision(i);
        }
        state.switchTo(3);
        state.markGood(2);

        state.prune();

        assertThat(DurableFiles.children(state.root()).stream()
                        .map(path -> path.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "current", "good", "rev-2", "rev-3", "rev-8", "rev-9", "rev-10", "rev-11", "rev-12");
    }

    @Test
    void in_aFile_isRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> StateFolder.at(file).create()).hasMessageContaining("file");
    }
}
