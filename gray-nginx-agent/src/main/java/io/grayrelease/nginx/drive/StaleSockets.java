package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sockets that nobody listens on: an Nginx that was killed leaves them behind, and so does one that refused a configuration which
 * had new ones. While they lie there, no Nginx can bind to them.
 */
final class StaleSockets {
    private final Path folder;
    private final Duration deaf;

    /**
     * Looks at the sockets of an Nginx that an agent drives.
     *
     * @param folder the run folder, where they lie
     * @param deaf how long connections have to be refused
     */
    StaleSockets(Path folder, Duration deaf) {
        this.folder = folder;
        this.deaf = deaf;
    }

    /** Removes them, and says which. */
    List<Path> remove() throws IOException {
        List<Path> removed = new ArrayList<>();
        List<Path> refusing = RunFolder.SOCKETS.stream()
                .map(folder::resolve)
                .filter(StaleSockets::refuses)
                .toList();
        List<Optional<String>> before =
                refusing.stream().map(StaleSockets::identity).toList();
        if (!refusing.isEmpty()) {
            pause(); // one that was bound a moment ago is about to listen
        }
        for (int i = 0; i < refusing.size(); i++) {
            Path path = refusing.get(i);
            if (refuses(path) && identity(path).equals(before.get(i)) && Files.deleteIfExists(path)) {
                removed.add(path);
            }
        }
        return removed;
    }

    private static boolean refuses(Path path) {
        if (Files.isRegularFile(path)) {
            return false; // refuses, too, but is none of ours
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false); // a full queue of connections is no refusal
            channel.connect(UnixDomainSocketAddress.of(path));
            return false;
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> identity(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(attributes.fileKey() + " " + attributes.lastModifiedTime());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void pause() throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(deaf.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
