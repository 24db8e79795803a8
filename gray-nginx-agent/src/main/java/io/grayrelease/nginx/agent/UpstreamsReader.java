package io.grayrelease.nginx.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.model.ServerAddress;
import io.grayrelease.nginx.model.UpstreamTarget;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.VersionPattern;
import io.grayrelease.policy.parse.Suggestions;

/** Reads the upstreams of the settings and gathers what is wrong with them. */
final class UpstreamsReader {
    static final String PREFIX = "upstream.";

    private static final int KEEPALIVE = 64;
    private static final int MAX_KEEPALIVE = 100_000;
    private static final int MAX_PORT = 65_535;
    private static final Set<String> PARTS = Set.of("application", "service", "port", "servers", "keepalive");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /** Each becomes a part of a path in ZooKeeper. */
    private static final Pattern WORD = Pattern.compile("[^/\\s\\p{Cntrl}]+");

    private final Map<String, String> values;
    private final List<Problem> problems;

    UpstreamsReader(Map<String, String> values, List<Problem> problems) {
        this.values = values;
        this.problems = problems;
    }

    List<UpstreamSettings> read() {
        Map<String, Map<String, String>> names = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                sort(key, value, names);
            }
        });
        if (names.isEmpty()) {
            problems.add(Problem.ofKey(
                    PREFIX + "<name>.application",
                    "none",
                    "at least one upstream, as upstream.web.application = web-app"));
        }
        List<UpstreamSettings> upstreams = new ArrayList<>();
        names.forEach((name, parts) -> upstreams.add(upstream(name, parts)));
        return upstreams;
    }

    private void sort(String key, String value, Map<String, Map<String, String>> names) {
        int dot = Math.max(key.lastIndexOf('.'), PREFIX.length());
        String name = key.substring(PREFIX.length(), dot);
        String part = key.substring(Math.min(dot + 1, key.length()));
        if (!NAME.matcher(name).matches()) {
            problems.add(Problem.ofKey(
                    key,
                    "\"" + name + "\"",
                    "upstream.<name>.<part> with a name of a-z, 0-9 and _, at most 32, a letter first"));
            return;
        }
        names.computeIfAbsent(name, any -> new LinkedHashMap<>()).put(part, value);
        if (!PARTS.contains(part)) {
            String nearest = Suggestions.nearest(part, PARTS);
            problems.add(Problem.ofKey(
                            key,
                            "this key",
                            "upstream." + name + " with .application, .service, .port, .servers or .keepalive")
                    .withSuggestion(nearest == null ? null : PREFIX + name + "." + nearest));
        }
    }

    private UpstreamSettings upstream(String name, Map<String, String> parts) {
        String application = word(name, parts, "application");
        Set<Server> servers = servers(name, parts.get("servers"));
        if (application == null && !parts.containsKey("application") && !parts.containsKey("servers")) {
            problems.add(Problem.ofKey(PREFIX + name, "neither .application nor .servers", "one of them"));
        }
        if (parts.containsKey("port") && parts.containsKey("servers")) {
            problem(name, "port", "it beside .servers", "the port in .servers, each with its own");
        }
        return new UpstreamSettings(
                new UpstreamTarget(name, application == null ? name : application, word(name, parts, "service")),
                servers,
                number(name, parts, "port", 1, MAX_PORT),
                keepalive(name, parts));
    }

    private int keepalive(String name, Map<String, String> parts) {
        Integer number = number(name, parts, "keepalive", 1, MAX_KEEPALIVE);
        return number == null ? KEEPALIVE : number;
    }

    private @Nullable String word(String name, Map<String, String> parts, String part) {
        String word = parts.get(part);
        if (word != null && !WORD.matcher(word).matches()) {
            problem(name, part, "\"" + word + "\"", "a name without / and spaces");
            return null;
        }
        return word;
    }

    private @Nullable Integer number(String name, Map<String, String> parts, String part, int least, int most) {
        String text = parts.get(part);
        Integer number = text == null ? null : Words.number(text, least, most);
        if (text != null && number == null) {
            problem(name, part, "\"" + text + "\"", "a number from " + least + " to " + most);
        }
        return number;
    }

    private Set<Server> servers(String name, @Nullable String text) {
        if (text == null) {
            return Set.of();
        }
        Map<String, Server> servers = new LinkedHashMap<>();
        for (String word : text.isEmpty() ? List.of("") : Words.list(text)) {
            Server server = server(word);
            if (server == null) {
                problem(name, "servers", "\"" + word + "\"", "<IP address>:<port>, or with @<version> after it");
            } else if (servers.put(server.address(), server) != null) {
                problem(name, "servers", server.address() + " twice", "each server once");
            }
        }
        return servers.values().stream().collect(Collectors.toSet());
    }

    private static @Nullable Server server(String word) {
        int at = word.indexOf('@');
        String address = ServerAddress.of(at < 0 ? word : word.substring(0, at));
        String version = at < 0 ? null : word.substring(at + 1);
        boolean wrongVersion = version != null && (!VersionPattern.isValid(version) || version.endsWith(".*"));
        return address == null || wrongVersion ? null : new Server(address, version);
    }

    private void problem(String name, String part, String found, String expected) {
        problems.add(Problem.ofKey(PREFIX + name + "." + part, found, expected));
    }
}
