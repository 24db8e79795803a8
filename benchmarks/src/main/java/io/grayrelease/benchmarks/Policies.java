package io.grayrelease.benchmarks;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyParser;

/** Policies of a wanted size. */
final class Policies {
    /** A user whom only the last rule of {@link #rules} knows. */
    static final String LAST_USER = "7000007";

    /** A user whom no rule of {@link #rules} knows. */
    static final String NO_USER = "7000107";

    /** So that a piece of a list stays below what Apollo takes as one value. */
    private static final int USERS_PER_KEY = 1_500;

    private Policies() {}

    /** As many routes, all of the same service, and as many rules. T0 is the tag of the gray providers. */
    static Snapshot routes(int count) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < count; i++) {
            keys.put("gray.route.T" + i, Application.SERVICE + ":2." + i + ".0");
            keys.put("gray.rule." + i + "-r" + i, "uid % 10000 == " + i + " => T" + i);
        }
        return Snapshot.of(keys);
    }

    /** Rules of four sorts in turn, of which the last one alone knows {@link #LAST_USER}, and a list of users. */
    static Snapshot rules(int count, int users) {
        Map<String, String> keys = new HashMap<>();
        keys.put("gray.route.T", Application.SERVICE + ":2.0.0");
        list(keys, "testers", 1_000_000, users);
        for (int i = 0; i < count - 1; i++) {
            keys.put("gray.rule." + i + "-r" + i, condition(i) + " => T");
        }
        keys.put("gray.rule." + count + "-last", "uid == " + LAST_USER + " => T");
        return Snapshot.of(keys);
    }

    private static String condition(int number) {
        return switch (number % 4) {
            case 0 -> "uid in @testers";
            case 1 -> "uid % 100 in 10..19";
            case 2 -> "header[\"x-app\"] like \"ios-" + number + "-*\"";
            default -> "hash(uid, \"salt" + number + "\") < 5% && header[\"x-app\"] == ios";
        };
    }

    /** A namespace of many teams, as many keys: each with a list, a rule and a route of its own. */
    static Snapshot namespace(int count) {
        Map<String, String> keys = new HashMap<>();
        keys.put("gray.switch", "on");
        for (int i = 0; keys.size() < count; i++) {
            list(keys, "team" + i, 1_000_000 + i * 10, 10);
            keys.put("gray.rule." + i + "-r" + i, "uid in @team" + i + " && " + condition(i) + " => T" + i);
            keys.put("gray.route.T" + i, "com.acme.Service" + i + ":2.0.0, app" + i + ":2.1.* ; fallback=strict");
        }
        keys.put("gray.list.testers", "1001, 1002");
        return Snapshot.of(keys);
    }

    private static void list(Map<String, String> keys, String name, int first, int users) {
        for (int from = 0, piece = 1; from < users; from += USERS_PER_KEY, piece++) {
            String value = IntStream.range(from, Math.min(users, from + USERS_PER_KEY))
                    .mapToObj(user -> String.valueOf(first + user))
                    .collect(Collectors.joining(", "));
            keys.put("gray.list." + name + "." + piece, value);
        }
    }

    static GrayPolicy parse(Snapshot snapshot) {
        ParseResult result = PolicyParser.parse(snapshot);
        GrayPolicy policy = result.policy();
        if (policy == null) {
            throw new IllegalStateException("not accepted: " + result.errors());
        }
        return policy;
    }
}
