package io.grayrelease.nginx.agent;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.ValueSource;
import io.grayrelease.nginx.agent.AgentSettings.Driver;
import io.grayrelease.nginx.drive.NginxProgram;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.policy.model.IpBlock;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.parse.Suggestions;

/** Reads settings from their texts and gathers what is wrong with them. What is wrong counts as its default meanwhile. */
final class SettingsReader {
    private static final String FILE = "file:";
    private static final String TIME = "a time as 500ms, 5s or 2m";
    private static final Pattern ZOOKEEPER = Pattern.compile("[^/:,\\s]+:[0-9]+(,[^/:,\\s]+:[0-9]+)*(/\\S+)?");
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern SOURCE_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    /** What the address of a Unix socket can hold, less the longest name that a socket has. */
    private static final int MAX_RUN_DIR = 85;

    private final Map<String, String> values;
    private final List<Problem> problems;
    private final Set<String> known = new HashSet<>();

    SettingsReader(Map<String, String> values, List<Problem> problems) {
        this.values = values;
        this.problems = problems;
    }

    AgentSettings read() {
        String source = value("source", "apollo", SettingsReader::source, "apollo or file:<path>");
        AgentSettings settings = new AgentSettings(
                source.startsWith(FILE) ? Path.of(source.substring(FILE.length())) : null,
                value("namespace", "gray-policy", matching(NAMESPACE), "the name of a namespace in Apollo"),
                optional("zookeeper", matching(ZOOKEEPER), "<host>:<port>[,<host>:<port>...][/<path>]"),
                value("zookeeper.grace", Duration.ofSeconds(30), Words::duration, TIME),
                path("state-dir", "/var/lib/gray-nginx", Integer.MAX_VALUE),
                path("run-dir", "/run/gray-nginx", MAX_RUN_DIR),
                value("driver", Driver.NATIVE, SettingsReader::driver, "native or lua"),
                nginx(),
                keepaliveMinTimeout(),
                sources(),
                value("reload.quiet", Duration.ofMillis(500), Words::duration, TIME),
                value("reload.min-interval", Duration.ofSeconds(5), Words::duration, TIME),
                new UpstreamsReader(values, problems).read(),
                apollo());
        checkZooKeeper(settings);
        checkKeys();
        return settings;
    }

    private NginxProgram nginx() {
        return new NginxProgram(
                value("nginx.binary", "nginx", SettingsReader::notEmpty, "a name or path"),
                path("nginx.conf", "/etc/nginx/nginx.conf", Integer.MAX_VALUE),
                optional("nginx.prefix", SettingsReader::absolute, "an absolute path"),
                value("nginx.reload", List.of(), SettingsReader::command, "a command"));
    }

    private @Nullable String keepaliveMinTimeout() {
        String text = value(
                "nginx.keepalive-min-timeout",
                "2s",
                word -> word.equals("off") || Words.duration(word) != null ? word : null,
                TIME + ", or off");
        return text.equals("off") ? null : text;
    }

    private HttpSources sources() {
        return new HttpSources(
                valueSources("uid-sources", "header:x-uid"),
                valueSources("token-sources", "header:x-gray-token"),
                list(
                        "trusted-proxies",
                        "",
                        word -> IpBlock.parse(word) == null ? null : word,
                        "addresses or networks as 10.0.0.0/8"));
    }

    private List<ValueSource> valueSources(String key, String fallback) {
        return list(key, fallback, SettingsReader::valueSource, "header:<name>, cookie:<name> or param:<name>");
    }

    private <T> List<T> list(String key, String fallback, Function<String, @Nullable T> reader, String expected) {
        known.add(key);
        List<T> all = new ArrayList<>();
        for (String word : Words.list(values.getOrDefault(key, fallback))) {
            T one = reader.apply(word);
            if (one == null) {
                wrong(key, word, expected);
            } else {
                all.add(one);
            }
        }
        return all;
    }

    private Path path(String key, String fallback, int longest) {
        return value(
                key,
                Path.of(fallback),
                word -> word.length() <= longest ? absolute(word) : null,
                "an absolute path" + (longest < Integer.MAX_VALUE ? " of at most " + longest + " characters" : ""));
    }

    private <T> T value(String key, T fallback, Function<String, @Nullable T> reader, String expected) {
        T value = optional(key, reader, expected);
        return value == null ? fallback : value;
    }

    private <T> @Nullable T optional(String key, Function<String, @Nullable T> reader, String expected) {
        known.add(key);
        String text = values.get(key);
        if (text == null) {
            return null;
        }
        T value = reader.apply(text);
        if (value == null) {
            wrong(key, text, expected);
        }
        return value;
    }

    private void wrong(String key, String found, String expected) {
        problems.add(Problem.ofKey(key, "\"" + found + "\"", expected));
    }

    private static Function<String, @Nullable String> matching(Pattern pattern) {
        return word -> pattern.matcher(word).matches() ? word : null;
    }

    private static @Nullable String notEmpty(String word) {
        return word.isEmpty() ? null : word;
    }

    private static @Nullable String source(String word) {
        boolean file = word.startsWith(FILE) && word.length() > FILE.length() && word.indexOf('\0') < 0;
        return file || word.equals("apollo") ? word : null;
    }

    private static @Nullable Path absolute(String word) {
        try {
            Path path = Path.of(word);
            return path.isAbsolute() ? path : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static @Nullable Driver driver(String word) {
        for (Driver driver : Driver.values()) {
            if (driver.word().equals(word)) {
                return driver;
            }
        }
        return null;
    }

    private static @Nullable List<String> command(String text) {
        return text.isEmpty() ? null : List.of(text.split("\\s+", -1));
    }

    private static @Nullable ValueSource valueSource(String word) {
        try {
            ValueSource source = ValueSource.parse(word);
            return SOURCE_NAME.matcher(source.name()).matches() ? source : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Map<String, String> apollo() {
        Map<String, String> apollo = new HashMap<>();
        values.forEach((key, value) -> {
            if (key.equals("app.id") || key.startsWith("apollo.")) {
                apollo.put(key, value);
            }
        });
        return apollo;
    }

    private void checkZooKeeper(AgentSettings settings) {
        List<String> watched = settings.upstreams().stream()
                .filter(UpstreamSettings::isWatched)
                .map(UpstreamSettings::name)
                .toList();
        if (!watched.isEmpty() && !values.containsKey("zookeeper")) {
            problems.add(Problem.ofKey(
                    "zookeeper",
                    "none",
                    "one to look for the servers of " + String.join(", ", watched)
                            + " in, or upstream.<name>.servers"));
        }
    }

    private void checkKeys() {
        known.add("app.id");
        known.add("apollo.meta");
        for (String key : values.keySet()) {
            if (!known.contains(key) && !key.startsWith("apollo.") && !key.startsWith(UpstreamsReader.PREFIX)) {
                problems.add(Problem.ofKey(key, "this key", "one of the settings")
                        .withSuggestion(Suggestions.nearest(key.toLowerCase(Locale.ROOT), known)));
            }
        }
        problems.sort((one, other) -> one.key().compareTo(other.key()));
    }
}
