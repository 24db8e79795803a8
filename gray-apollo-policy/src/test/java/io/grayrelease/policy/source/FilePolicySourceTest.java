package io.grayrelease.policy.source;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.policy.model.Snapshot;

import static io.grayrelease.policy.source.Snapshots.good;
import static io.grayrelease.policy.source.Snapshots.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class FilePolicySourceTest {
    @TempDir
    Path folder;

    private final Logs logs = new Logs();
    private final PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
    private Path file;
    private FilePolicySource source;

    @BeforeEach
    void name() {
        file = folder.resolve("policy.properties");
        source = FilePolicySource.of(file);
    }

    @AfterEach
    void stop() {
        source.close();
        logs.close();
    }

    private void write(String text) throws IOException {
        Path whole = Files.writeString(folder.resolve("whole"), text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void write(int uid) throws IOException {
        write("# a comment\ngray.rule.1-a = uid == " + uid
                + " => T\n\ngray.route.T = \\\n  com.acme.Stock:2.0.0\nx = y\n");
    }

    private Snapshot inForce() {
        PolicyInForce current = repository.current();
        return current == null ? null : current.policy().snapshot();
    }

    @Test
    void file_isInForceWhenStartReturns_andFollowed() throws IOException {
        write(1);
        source.start(repository);
        assertThat(inForce()).isEqualTo(good(1));

        write(2);
        await().until(() -> good(2).equals(inForce()));
    }

    @Test
    void missingFile_isSaidOnce_andReadWhenItAppears() throws IOException {
        source.start(repository);
        assertThat(inForce()).isNull();

        write(1);
        await().until(() -> good(1).equals(inForce()));
        assertThat(logs.with("WARN gray: " + file + " cannot be read, no policy is in force: "))
                .hasSize(1);
    }

    @Test
    void missingFile_bringsTheLastAcceptedBackFromDisk() {
        SnapshotStore store = SnapshotStore.in(folder, source.name());
        PolicyRepository.of(store, Clock.systemUTC()).offer(good(1));
        PolicyRepository restarted = PolicyRepository.of(store, Clock.systemUTC());

        source.start(restarted);

        assertThat(restarted.current().policy().snapshot()).isEqualTo(good(1));
        assertThat(restarted.status().fromDisk()).isTrue();
        assertThat(logs.with("cannot be read, what is in force stays")).hasSize(1);
    }

    @Test
    void deletedFile_keepsWhatIsInForce() throws IOException {
        write(1);
        source.start(repository);

        Files.delete(file);

        await().until(() -> !logs.with("cannot be read, what is in force stays").isEmpty());
        assertThat(inForce()).isEqualTo(good(1));
    }

    @Test
    void keyThatComesTwice_isRefused_andNamed() throws IOException {
        write(1);
        source.start(repository);

        write("gray.switch = on\ngray.switch = off\n");

        await().until(() -> !logs.with("the key gray.switch comes twice").isEmpty());
        assertThat(inForce()).isEqualTo(good(1));
    }

    @Test
    void brokenEscape_isRefused_andTheNextGoodTextIsRead() throws IOException {
        write(1);
        source.start(repository);

        write("gray.switch = \\u12\n");
        await().until(() -> !logs.with("cannot be read").isEmpty());
        assertThat(inForce()).isEqualTo(good(1));

        write(2);
        await().until(() -> good(2).equals(inForce()));
    }

    @Test
    void characters_areReadAsUtf8_afterAByteOrderMarkToo() throws IOException {
        write("\uFEFFgray.list.a = \u5f20\u4e09\ngray.rule.1-a = uid in @a => baseline\n");

        source.start(repository);

        assertThat(inForce()).isEqualTo(snapshot("list.a", "\u5f20\u4e09", "rule.1-a", "uid in @a => baseline"));
    }

    @Test
    void otherEncoding_isRefused_andNamed() throws IOException {
        Files.write(file, "gray.list.a = \u5f20\u4e09\n".getBytes(Charset.forName("GBK")));

        source.start(repository);

        assertThat(logs.with("it is not UTF-8")).hasSize(1);
        assertThat(logs.with("rejected")).isEmpty();
    }

    @Test
    void rejectedText_isOfferedOnce() throws IOException {
        write("gray.rule.1-a = uid ==\n");
        source.start(repository);
        assertThat(repository.status().rejection()).isNotNull();

        write(1);
        await().until(() -> good(1).equals(inForce()));
        assertThat(logs.with("rejected")).hasSize(1);
    }

    @Test
    void closed_followsNoMore() throws IOException {
        write(1);
        source.start(repository);
        source.close();

        Files.write(file, "gray.switch = off\n".getBytes(StandardCharsets.UTF_8));

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("gray-policy-file")));
        assertThat(inForce()).isEqualTo(good(1));
    }
}
