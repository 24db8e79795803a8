package io.grayrelease.policy.source;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.model.Snapshot;

/**
 * A policy in a {@code .properties} file (UTF-8), read again when its content changes: for local work without Apollo. One
 * daemon thread looks once per second; that survives editors that replace files, which watch services do not.
 */
public final class FilePolicySource implements PolicySource {
    private static final Logger LOG = LoggerFactory.getLogger(FilePolicySource.class);
    private static final long PERIOD_MILLIS = 1_000;

    /** Some editors begin a file with it; it would become part of the first key. */
    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("^\uFEFF");

    private final Path file;
    private @Nullable String lastText;
    private @Nullable String lastComplaint;
    private @Nullable ScheduledExecutorService watcher;

    private FilePolicySource(Path file) {
        this.file = file;
    }

    public static FilePolicySource of(Path file) {
        return new FilePolicySource(file);
    }

    @Override
    public String name() {
        return "file " + file;
    }

    @Override
    public synchronized void start(PolicyRepository repository) {
        read(repository);
        repository.restore();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "gray-policy-file");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused = executor.scheduleWithFixedDelay(
                () -> read(repository), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        watcher = executor;
    }

    private synchronized void read(PolicyRepository repository) {
        try {
            String text = decode(Files.readAllBytes(file));
            if (!text.equals(lastText)) {
                lastText = text;
                repository.offer(Snapshot.of(parse(text)));
            }
            lastComplaint = null;
        } catch (IOException | RuntimeException e) {
            complain(e.toString(), repository);
        }
    }

    private static String decode(byte[] bytes) throws IOException {
        try {
            CharBuffer text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)); // reports, does not guess
            return BYTE_ORDER_MARK.matcher(text).replaceFirst("");
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        }
    }

    private static Map<String, String> parse(String text) throws IOException {
        Properties properties = new UniqueProperties();
        properties.load(new StringReader(text));
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    private void complain(String complaint, PolicyRepository repository) {
        if (!complaint.equals(lastComplaint)) {
            lastComplaint = complaint;
            repository.restore(); // so that it is known what stays in force
            String inForce = repository.current() == null ? "no policy is in force" : "what is in force stays";
            LOG.warn("gray: {} cannot be read, {}: {}", file, inForce, complaint);
        }
    }

    @Override
    public synchronized void close() {
        if (watcher != null) {
            watcher.shutdownNow();
        }
    }

    /** Properties that refuse a key that comes twice, where the usual ones would take the last. */
    private static final class UniqueProperties extends Properties {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            if (containsKey(key)) {
                throw new IllegalArgumentException("the key " + key + " comes twice");
            }
            return super.put(key, value);
        }
    }
}
