package io.grayrelease.cli.portal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.Console;

/**
 * One key that differs between two texts.
 *
 * @param before its value, or null if it is new
 * @param after its value, or null if it is taken away
 */
record Change(String key, @Nullable String before, @Nullable String after) {
    /** All keys that differ, in their order. */
    static List<Change> between(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            if (!Objects.equals(before.get(key), after.get(key))) {
                changes.add(new Change(key, before.get(key), after.get(key)));
            }
        }
        return changes;
    }

    void print(Console console) {
        if (before != null) {
            console.line(console.red("- " + key + " = " + before));
        }
        if (after != null) {
            console.line(console.green("+ " + key + " = " + after));
        }
    }
}
