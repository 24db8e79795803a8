package io.grayrelease.policy.source;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.grayrelease.policy.model.Snapshot;

/**
 * The text of a kept snapshot: a {@code .properties} file whose first line names the format, the time of acceptance, and
 * the hash that the content must have.
 */
final class StoredText {
    private static final Pattern HEADER =
            Pattern.compile("# gray policy, format 1, accepted (\\S+), hash ([0-9a-f]+), do not edit\n");

    private StoredText() {}

    static String write(Snapshot snapshot, Instant acceptedAt) throws IOException {
        StringBuilder text = new StringBuilder("# gray policy, format 1, accepted ")
                .append(acceptedAt)
                .append(", hash ")
                .append(snapshot.hash())
                .append(", do not edit\n");
        for (Map.Entry<String, String> entry : snapshot.values().entrySet()) {
            text.append(line(entry.getKey(), entry.getValue())).append('\n');
        }
        return text.toString();
    }

    /** Escaped as the JDK does it; but sorted, and without its date comment, which is in the local time zone. */
    private static String line(String key, String value) throws IOException {
        Properties single = new Properties();
        single.setProperty(key, value);
        StringWriter text = new StringWriter();
        single.store(text, null);
        String[] lines = text.toString().split("\\R", -1);
        return lines[1];
    }

    /**
     * Reads a text that {@link #write} has made.
     *
     * @throws IOException if it is no such text, or not all of it
     */
    static SnapshotStore.Stored read(String text) throws IOException {
        Matcher header = HEADER.matcher(text);
        if (!header.lookingAt()) {
            throw new IOException("the first line is not that of a kept policy");
        }
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        Snapshot snapshot = Snapshot.of(values);
        if (!snapshot.hash().equals(header.group(2))) {
            throw new IOException("the content has hash " + snapshot.hash() + ", not " + header.group(2));
        }
        return SnapshotStore.Stored.of(snapshot, Instant.parse(header.group(1)));
    }
}
