package io.grayrelease.benchmarks.nginx;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.grayrelease.policy.decide.Bucketing;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyParser;

/** A policy of ten rules, of which the last one is a percentage that can be changed. */
final class EdgePolicy {
    static final String APPLICATION = "web-app";
    static final String GRAY_VERSION = "2.0.0";

    private static final String SALT = "ramp";
    private static final int BUCKETS_PER_PERCENT = 100;

    private EdgePolicy() {}

    /** The namespace of it. */
    static Map<String, String> keys(int percent) {
        Map<String, String> keys = new HashMap<>();
        keys.put("gray.list.blocked", "666, 667, 668");
        keys.put("gray.list.testers", users(1_000, 200));
        keys.put("gray.list.partners", users(5_000, 50));
        keys.put("gray.rule.000-blocked", "uid in @blocked => baseline");
        keys.put("gray.rule.010-testers", "uid in @testers => T");
        keys.put("gray.rule.020-office", "ip in (10.20.0.0/16, 192.168.7.0/24) => T");
        keys.put("gray.rule.030-beta", "header[\"x-env\"] == beta => T");
        keys.put("gray.rule.040-ios", "hash(uid, \"order\") < 30% && header[\"x-app\"] like \"ios-1*\" => T");
        keys.put("gray.rule.050-hundredth", "uid % 100 < 1 => T");
        keys.put("gray.rule.060-cookie", "cookie[\"beta\"] == \"1\" => T");
        keys.put("gray.rule.070-search", "hash(uid) < 5% => search-v5");
        keys.put("gray.rule.080-partners", "uid in @partners && header[\"x-app\"] == web => T");
        keys.put("gray.rule.090-ramp", "hash(uid, \"" + SALT + "\") < " + percent + "% => T");
        keys.put("gray.route.T", APPLICATION + ":" + GRAY_VERSION);
        keys.put("gray.route.search-v5", "search-app:5.0.0");
        return keys;
    }

    private static String users(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    static GrayPolicy of(int percent) {
        ParseResult result = PolicyParser.parse(Snapshot.of(keys(percent)));
        GrayPolicy policy = result.policy();
        if (policy == null) {
            throw new IllegalStateException("not accepted: " + result.errors());
        }
        return policy;
    }

    /** A user who is gray from the second percentage on, and not at the first; no other rule knows him. */
    static String userBetween(int without, int with) {
        return IntStream.iterate(1_000_001, user -> user + 100)
                .mapToObj(Integer::toString)
                .filter(user -> Bucketing.bucket(SALT, user) >= without * BUCKETS_PER_PERCENT)
                .filter(user -> Bucketing.bucket(SALT, user) < with * BUCKETS_PER_PERCENT)
                .findFirst()
                .orElseThrow();
    }
}
