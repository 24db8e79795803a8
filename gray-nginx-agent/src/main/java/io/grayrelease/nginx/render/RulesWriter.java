package io.grayrelease.nginx.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.grayrelease.nginx.render.DecidedTags.Part;
import io.grayrelease.nginx.render.DecidedTags.Slot;
import io.grayrelease.policy.model.Rule;

/** Writes rules, and the tags that they give together, as variables. Not thread-safe. */
final class RulesWriter {
    private final Declarations declarations;
    private final ConditionWriter conditions;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> characters = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, List<RuleChunk>> earlier = new HashMap<>();

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
                parts);
    }

    private void chunk(List<Rule> some, String text) {
        RuleChunk chunk = ends.isEmpty() ? first(some, text) : later(some, text);
        List<Slot> slots = new ArrayList<>();
        int from = 0;
        while (from < some.size()) {
            int to = endOfRun(some, from);
            String tag = some.get(from).tag();
            if (tag != null) {
                slots.add(slot(chunk, tag, from, to));
            }
            from = to + 1;
        }
        parts.add(new Part(chunk.says(), slots));
        for (String tag : chunk.tags()) {
            earlier.computeIfAbsent(tag, key -> new ArrayList<>()).add(chunk);
        }
    }

    private RuleChunk first(List<Rule> some, String text) {
        String said = declarations.variable(text);
        ends.add(declarations.map(RuleChunk.ended(said)));
        return new RuleChunk(some, "1" + said);
    }

    /** Its conditions are not evaluated where the search has ended before. */
    private RuleChunk later(List<Rule> some, String text) {
        String open = declarations.map(MapTable.of(String.join("", ends), "0").whenMatches("^[.]*+\\z", "1"));
        String said = declarations.map(MapTable.of(open, "").when("1", text));
        ends.add(declarations.map(RuleChunk.ended(said)));
        return new RuleChunk(some, open + said);
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

    private Slot slot(RuleChunk chunk, String tag, int from, int to) {
        StringBuilder before = new StringBuilder();
        List<RuleChunk> chunks = earlier.getOrDefault(tag, List.of());
        for (RuleChunk other : chunks) {
            before.append(declarations.map(MapTable.of(other.says(), "0").whenMatches("^" + other.added(tag), "1")));
        }
        String none = chunks.isEmpty() ? "^" : "^0{" + chunks.size() + "}";
        return new Slot(
                tag,
                declarations.map(MapTable.of(before + chunk.says(), "")
                        .whenMatches(none + chunk.added(tag, from, to), tag + ",")));
    }
}
