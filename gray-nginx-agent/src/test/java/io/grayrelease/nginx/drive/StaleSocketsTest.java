package io.grayrelease.nginx.drive;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class StaleSocketsTest {
    @TempDir
    private Path folder;

    @Test
    void remove_nobodyListens_onlyThese() throws Exception {
        Path stale = folder.resolve("revision.sock");
        Path alive = folder.resolve("none.sock");
        bind(stale).close();
        try (ServerSocketChannel listening = bind(alive)) {
            assertThat(listening.isOpen()).isTrue();

            assertThat(new StaleSockets(folder, Duration.ofMillis(1)).remove()).containsExactly(stale);
        }
        assertThat(alive).exists();
        assertThat(stale).doesNotExist();
    }

    @Test
    void remove_whatIsNotOurs_stays() throws Exception {
        Path foreign = folder.resolve("foreign.sock");
        bind(foreign).close();
        Files.createFile(folder.resolve("revision.sock"));

        assertThat(new StaleSockets(folder, Duration.ofMillis(1)).remove()).isEmpty();
        assertThat(foreign).exists();
        assertThat(folder.resolve("revision.sock")).exists();
    }

    @Test
    void remove_noFolder_isNothing() throws Exception {
        assertThat(new StaleSockets(folder.resolve("none"), Duration.ofMillis(1)).remove())
                .isEmpty();
    }

    private static ServerSocketChannel bind(Path socket) throws Exception {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }
}
