package io.grayrelease.zookeeper;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/** The text of an instance's node: lines of {@code key=value} (java.util.Properties, UTF-8), for people with zkCli too. */
final class InstanceText {
    private static final String PROBLEM = "problem.";

    private InstanceText() {}

    static byte[] write(Instance instance) {
        Lines lines = new Lines();
        lines.add("application", instance.application());
        lines.add("address", instance.address());
        lines.add("version", instance.version());
        lines.add("source", instance.source());
        lines.add("status", instance.status());
        lines.add("policy", instance.policy());
        lines.add("accepted-at", instance.acceptedAt());
        lines.add("rejected", instance.rejected());
        lines.add("rejected-at", instance.rejectedAt());
        lines.add("driver", instance.driver());
        lines.add("revision", instance.revision());
        lines.add("applied-at", instance.appliedAt());
        lines.add("error", instance.error());
        int number = 1;
        for (String problem : instance.problems()) {
            lines.add(PROBLEM + number++, problem);
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #write} wrote; passes over keys that it does not know, which a newer version may write.
     *
     * @throws IllegalArgumentException naming the key that is missing or not as expected
     */
    static Instance read(byte[] node) {
        Properties values = properties(new String(node, StandardCharsets.UTF_8));
        return Instance.builder()
                .setApplication(required(values, "application"))
                .setAddress(required(values, "address"))
                .setVersion(values.getProperty("version"))
                .setSource(required(values, "source"))
                .setStatus(status(required(values, "status")))
                .setPolicy(values.getProperty("policy"))
                .setAcceptedAt(instant(values, "accepted-at"))
                .setRejected(values.getProperty("rejected"))
                .setRejectedAt(instant(values, "rejected-at"))
                .setDriver(values.getProperty("driver"))
                .setRevision(number(values, "revision"))
                .setAppliedAt(instant(values, "applied-at"))
                .setError(values.getProperty("error"))
                .setProblems(problems(values))
                .build();
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException("out of a string", e);
        }
        return properties;
    }

    private static String required(Properties values, String key) {
        String value = values.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    private static Instance.Status status(String word) {
        try {
            return Instance.Status.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "status: found " + word + ", expected NONE, ACCEPTED, RESTORED, REJECTED" + " or OFF", e);
        }
    }

    private static @Nullable Instant instant(Properties values, String key) {
        String value = values.getProperty(key);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    key + ": found " + value + ", expected a time as in" + " 2026-11-24T08:00:00Z", e);
        }
    }

    private static @Nullable Long number(Properties values, String key) {
        String value = values.getProperty(key);
        try {
            return value == null ? null : Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + ": found " + value + ", expected a number", e);
        }
    }

    private static List<String> problems(Properties values) {
        List<String> problems = new ArrayList<>();
        String problem = values.getProperty(PROBLEM + 1);
        while (problem != null) {
            problems.add(problem);
            problem = values.getProperty(PROBLEM + (problems.size() + 1));
        }
        return problems;
    }

    /** Writes as java.util.Properties does, but in the order given and without a date. */
    private static final class Lines {
        private final StringBuilder text = new StringBuilder();

        void add(String key, @Nullable Object value) {
            if (value == null) {
                return;
            }
            Properties one = new Properties();
            one.setProperty(key, value.toString());
            StringWriter written = new StringWriter();
            try {
                one.store(written, null);
            } catch (IOException e) {
                throw new UncheckedIOException("into a string", e);
            }
            String withDate = written.toString();
            text.append(withDate, withDate.indexOf('\n') + 1, withDate.length());
        }

        @Override
        public String toString() {
            return text.toString().replace(System.lineSeparator(), "\n");
        }
    }
}
