package io.grayrelease.nginx.agent;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Problem;

/** The text of a {@code .properties} file, in UTF-8. */
final class SettingsText {
    private SettingsText() {}

    /**
     * Values by key, without spaces around them.
     *
     * @param problems gets a key that comes twice
     * @throws IOException if the file cannot be read, or is no such file
     */
    static Map<String, String> read(Path file, List<Problem> problems) throws IOException {
        Map<String, String> values = new TreeMap<>();
        Properties lines = new Lines(values, problems);
        try {
            lines.load(new StringReader(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString()));
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return values;
    }

    /** Takes each line as it comes, where the usual Properties forget all but the last of a key. */
    private static final class Lines extends Properties {
        private static final long serialVersionUID = 1;

        private final transient Map<String, String> values;
        private final transient List<Problem> problems;

        Lines(Map<String, String> values, List<Problem> problems) {
            this.values = values;
            this.problems = problems;
        }

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            String before = values.put(key.toString(), value.toString().trim());
            if (before != null) {
                problems.add(Problem.ofKey(key.toString(), "it twice", "each key once"));
            }
            return before;
        }
    }
}
