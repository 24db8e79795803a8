package io.grayrelease.nginx.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.grayrelease.nginx.render.DecidedTags.Slot;
import io.grayrelease.policy.model.Rule;

/** Writes rules, and the tags that they give together, as variables. Not thread-safe. */
final class RulesWriter {
    private final Declarations declarations;
    private final ConditionWriter conditions;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> characters = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, List<String>> earlier = new HashMap<>();

    private RulesWriter(Declarations declarations, ConditionWriter conditions) {
        this.declarations = declarations;
        this.conditions = conditions;
    }

    static DecidedTags write(Iterable<Rule> rules, Declarations declarations, ConditionWriter conditions) {
        RulesWriter writer = new RulesWriter(declarations, conditions);
        writer.conditions(rules);
        return writer.tags();
    }

    /** Rules that never match, and those behind one that always ends the search, are left out. */
    private void conditions(Iterable<Rule> all) {
        for (Rule rule : all) {
            if (rule.off()) {
                continue;
            }
            String yes = rule.tag() == null ? "b" : rule.stop() ? "s" : "1";
            String character = conditions.write(rule.condition(), new Outcomes("0", yes, "u"));
            if (!character.equals("0")) {
                rules.add(rule);
                characters.add(character);
            }
            if (character.equals("u") || character.equals("b") || character.equals("s")) {
                return;
            }
        }
    }

    private DecidedTags tags() {
        for (int i = 0; i < rules.size(); i += RuleChunk.SIZE) {
            int end = Math.min(i + RuleChunk.SIZE, rules.size());
            chunk(rules.subList(i, end), String.join("", characters.subList(i, end)));
        }
        return new DecidedTags(
                ends.isEmpty()
                        ? "."
                        : declarations.map(MapTable.of(String.join("", ends), ".")
                                .whenMatches("^[.]*+u", "u")
                                .whenMatches("^[.]*+b", "b")),
                slots);
    }

    private void chunk(List<Rule> some, String text) {
        String said = declarations.variable(text);
        String open = ends.isEmpty()
                ? "1"
                : declarations.map(MapTable.of(String.join("", ends), "0").whenMatches("^[.]*+\\z", "1"));
        RuleChunk chunk = new RuleChunk(some, open + said);
        ends.add(declarations.map(RuleChunk.ended(said)));
        int from = 0;
        while (from < some.size()) {
            int to = endOfRun(some, from);
            slot(chunk, from, to);
            from = to + 1;
        }
        for (String tag : chunk.tags()) {
            String added = declarations.map(MapTable.of(chunk.says(), "0").whenMatches("^" + chunk.added(tag), "1"));
            earlier.computeIfAbsent(tag, key -> new ArrayList<>()).add(added);
        }
    }

    /** Rules of one tag in a row share a slot; rules for the baseline between them give no tag. */
    private static int endOfRun(List<Rule> some, int from) {
        int end = from;
        String tag = some.get(from).tag();
        for (int i = from + 1; i < some.size() && tag != null; i++) {
            String other = some.get(i).tag();
            if (tag.equals(other)) {
                end = i;
            } else if (other != null) {
                return end;
            }
        }
        return end;
    }

    private void slot(RuleChunk chunk, int from, int to) {
        String tag = chunk.rules().get(from).tag();
        if (tag == null) {
            return;
        }
        List<String> before = earlier.getOrDefault(tag, List.of());
        String none = before.isEmpty() ? "^" : "^0{" + before.size() + "}";
        slots.add(new Slot(
                tag,
                declarations.map(MapTable.of(String.join("", before) + chunk.says(), "")
                        .whenMatches(none + chunk.added(tag, from, to), tag + ","))));
    }
}
