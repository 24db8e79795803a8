package io.grayrelease.nginx.render;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Rule;

/**
 * Some rules in a row, whose characters together are one variable: expressions on the characters of a thousand would be long.
 *
 * @param rules at most {@link #SIZE}
 * @param says an expression that is 1 if the search has not ended before, and then one character a rule: 0, 1 (adds its tag), s (does
 *     so and stops), b (baseline) or u (unknown)
 */
record RuleChunk(List<Rule> rules, String says) {
    static final int SIZE = 50;

    /** What the search in the rules so far says, of the characters of some rules: how it ended, or a point. */
    static MapTable ended(String characters) {
        return MapTable.of(characters, ".")
                .whenMatches("^[01]*+u", "u")
                .whenMatches("^[01]*+b", "b")
                .whenMatches("^[01]*+s", "s");
    }

    Set<@Nullable String> tags() {
        Set<@Nullable String> tags = new LinkedHashSet<>();
        rules.forEach(rule -> tags.add(rule.tag()));
        tags.remove(null);
        return tags;
    }

    /** Matches what is said if a rule between two positions, both included, is the first that adds a tag. */
    String added(String tag, int from, int to) {
        StringBuilder regex = new StringBuilder("1");
        for (int i = 0; i < from; i++) {
            regex.append(tag.equals(rules.get(i).tag()) ? "0" : "[01]");
        }
        return regex.append(from == to ? "" : "[01]{0," + (to - from) + "}?")
                .append("[1s]")
                .toString();
    }

    /** Matches what is said if any rule adds a tag. */
    String added(String tag) {
        StringBuilder positions = new StringBuilder();
        for (int i = 0; i < rules.size(); i++) {
            if (tag.equals(rules.get(i).tag())) {
                positions
                        .append(positions.length() == 0 ? "" : "|")
                        .append("[01]{")
                        .append(i)
                        .append('}');
            }
        }
        return "1(?:" + positions + ")[1s]";
    }
}
