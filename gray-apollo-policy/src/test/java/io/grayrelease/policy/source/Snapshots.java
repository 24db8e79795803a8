package io.grayrelease.policy.source;

import java.util.HashMap;
import java.util.Map;

import io.grayrelease.policy.model.Snapshot;

/** The snapshots that the tests of the sources speak of. */
public final class Snapshots {
    private Snapshots() {}

    /** Keys without their prefix, each followed by its value. */
    public static Map<String, String> keys(String... keysAndValues) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put("gray." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return keys;
    }

    static Snapshot snapshot(String... keysAndValues) {
        return Snapshot.of(keys(keysAndValues));
    }

    /** A good policy: a rule that sends one uid to a tag, and its route. */
    public static Map<String, String> goodKeys(int uid) {
        return keys("rule.1-a", "uid == " + uid + " => T", "route.T", "com.acme.Stock:2.0.0");
    }

    static Snapshot good(int uid) {
        return Snapshot.of(goodKeys(uid));
    }

    /** A policy with two problems: an unknown list, and a tag without a route. */
    public static Map<String, String> badKeys() {
        return keys("rule.1-a", "uid in @nobody => T", "rule.2-b", "uid == 1 => U", "route.T", "com.acme.Stock:2.0.0");
    }

    static Snapshot bad() {
        return Snapshot.of(badKeys());
    }
}
