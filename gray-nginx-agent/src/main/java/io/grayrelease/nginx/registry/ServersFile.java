package io.grayrelease.nginx.registry;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.nginx.files.DurableFiles;
import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.model.ServerAddress;

/**
 * The servers last known of all upstreams, on disk: {@code web = order-app// 10.0.0.1:8080@2.0.0 10.0.0.2:8080}, settings of the
 * upstream first. Nothing here throws.
 */
final class ServersFile {
    private static final Logger LOG = LoggerFactory.getLogger(ServersFile.class);

    private final Path file;

    ServersFile(Path file) {
        this.file = file;
    }

    /** The servers of an upstream with these settings; null if none were known. */
    @Nullable
    Set<Server> load(WatchedUpstream upstream) {
        try {
            Properties all = new Properties();
            if (Files.exists(file)) {
                all.load(new StringReader(Files.readString(file)));
            }
            String[] words = all.getProperty(upstream.target().name(), "").split(" ", -1);
            return words[0].equals(upstream.key())
                    ? Arrays.stream(words).skip(1).map(ServersFile::server).collect(Collectors.toUnmodifiableSet())
                    : null;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("gray: {} does not tell the servers last known, ignored: {}", file, e.toString());
            return null;
        }
    }

    private static Server server(String word) {
        int at = word.indexOf('@');
        String address = at < 0 ? word : word.substring(0, at);
        if (!ServerAddress.isOne(address)) {
            throw new IllegalArgumentException("expected <address>:<port>[@<version>], found " + word);
        }
        return new Server(address, at < 0 ? null : word.substring(at + 1));
    }

    void save(Map<WatchedUpstream, Set<Server>> servers) {
        Properties all = new Properties();
        servers.forEach((upstream, known) -> all.setProperty(
                upstream.target().name(),
                upstream.key() + known.stream().map(ServersFile::word).sorted().collect(Collectors.joining())));
        try {
            StringWriter text = new StringWriter();
            all.store(text, "the servers last known, do not edit");
            DurableFiles.write(file, text.toString());
        } catch (IOException e) {
            LOG.warn("gray: the servers are known, but not kept on disk: {}", e.toString());
        }
    }

    /** A version with a space could not be read again; no route can name it either. */
    private static String word(Server server) {
        String version = server.version();
        return " " + server.address() + (version == null || version.contains(" ") ? "" : "@" + version);
    }
}
