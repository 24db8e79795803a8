package io.grayrelease.cli.ramp;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.grayrelease.cli.DurationConverter;

import picocli.CommandLine.TypeConversionException;

/** Reads what guards a ramp from a properties file: queries, and how much worse than the baseline the new version may be. */
final class GuardFile {
    private static final List<String> LIMITS = List.of("min.requests", "max.error-rate", "max.p99");
    private static final List<String> QUERIES = List.of(
            "prometheus",
            "gray.requests",
            "gray.errors",
            "gray.p99",
            "baseline.requests",
            "baseline.errors",
            "baseline.p99");
    private static final List<String> ENDPOINTS = List.of("services", "service", "tag", "window");
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
        boolean ofServices = values.containsKey("services");
        refuseOthersThan(ofServices ? ENDPOINTS : QUERIES);
        Limits limits = new Limits(
                number("min.requests", Pattern.compile("([0-9]+)"), "a number of requests, as 500"),
                number("max.error-rate", PERCENTAGE, "a percentage, as 0.5%") / 100,
                millis("max.p99"));
        return ofServices
                ? new ServicesGuard(subject(), window(), limits, Clock.systemUTC())
                : new PrometheusGuard(value("prometheus"), queries("gray"), queries("baseline"), limits);
    }

    private void refuseOthersThan(List<String> keys) {
        List<String> known = new ArrayList<>(keys);
        known.addAll(LIMITS);
        TreeSet<String> unknown = new TreeSet<>(values.stringPropertyNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new RampException(file + ": " + unknown.first() + " is not known, expected one of " + known);
        }
    }

    private ServicesGuard.Subject subject() {
        List<URI> endpoints = new ArrayList<>();
        for (String url : value("services").split("\\s*,\\s*", -1)) {
            endpoints.add(endpoint(url));
        }
        return new ServicesGuard.Subject(endpoints, values.getProperty("service"), value("tag"));
    }

    private URI endpoint(String url) {
        try {
            URI endpoint = URI.create(url);
            if (endpoint.getHost() != null && endpoint.getScheme().startsWith("http")) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new RampException(
                file + ": services has \"" + url + "\", expected http://host:port/path, separated by commas");
    }

    private Duration window() {
        try {
            return new DurationConverter().convert(value("window"));
        } catch (TypeConversionException e) {
            throw new RampException(file + ": window: " + e.getMessage());
        }
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
