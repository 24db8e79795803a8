package io.grayrelease.cli.ramp;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what guards a ramp from a properties file: queries, and how much worse than the baseline the new version may be. */
final class GuardFile {
    private static final List<String> KEYS = List.of(
            "prometheus",
            "gray.requests",
            "gray.errors",
            "gray.p99",
            "baseline.requests",
            "baseline.errors",
            "baseline.p99",
            "min.requests",
            "max.error-rate",
            "max.p99");
    private static final Pattern PERCENTAGE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*%");
    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s)");

    private final Path file;
    private final Properties values = new Properties();

    private GuardFile(Path file) {
        this.file = file;
    }

    /** The guard of a file; throws {@link RampException} if it cannot be read, or says something else than a guard needs */
    static Guard read(Path file) {
        GuardFile guard = new GuardFile(file);
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            guard.values.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new RampException(file + " cannot be read: " + e);
        }
        return guard.guard();
    }

    private Guard guard() {
        TreeSet<String> unknown = new TreeSet<>(values.stringPropertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new RampException(file + ": " + unknown.first() + " is not known, expected one of " + KEYS);
        }
        Limits limits = new Limits(
                number("min.requests", Pattern.compile("([0-9]+)"), "a number of requests, as 500"),
                number("max.error-rate", PERCENTAGE, "a percentage, as 0.5%") / 100,
                millis("max.p99"));
        return new PrometheusGuard(value("prometheus"), queries("gray"), queries("baseline"), limits);
    }

    private PrometheusGuard.Queries queries(String version) {
        return new PrometheusGuard.Queries(
                value(version + ".requests"), value(version + ".errors"), value(version + ".p99"));
    }

    private double millis(String key) {
        double number = number(key, DURATION, "a time, as 50ms or 0.2s");
        return value(key).endsWith("ms") ? number : 1_000 * number;
    }

    private double number(String key, Pattern form, String expected) {
        Matcher matcher = form.matcher(value(key));
        if (!matcher.matches()) {
            throw new RampException(file + ": " + key + " is \"" + value(key) + "\", expected " + expected);
        }
        return new BigDecimal(matcher.group(1)).doubleValue();
    }

    private String value(String key) {
        String value = values.getProperty(key, "").trim();
        if (value.isEmpty()) {
            throw new RampException(file + ": " + key + " is missing");
        }
        return value;
    }
}
