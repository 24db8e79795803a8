package io.grayrelease.cli.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Targets;

/** What is different between two policies, statement by statement. A rule is known by its name, whatever its order. */
final class Changes {
    /** How many values of a list are named; the others are counted. */
    private static final int SHOWN = 5;

    private final List<Change> changes = new ArrayList<>();

    private Changes() {}

    static List<Change> between(GrayPolicy before, GrayPolicy after) {
        Changes changes = new Changes();
        changes.one("switch", before.on() ? "on" : "off", after.on() ? "on" : "off");
        changes.rules(byName(before), byName(after));
        changes.each("list", before.lists(), after.lists(), Changes::size, Changes::list);
        changes.each("route", texts(before.routes()), texts(after.routes()), text -> text, Change::changed);
        changes.each(
                "data",
                texts(before.migrations(), Changes::text),
                texts(after.migrations(), Changes::text),
                text -> text,
                Change::changed);
        changes.one("baseline", text(before.baseline()), text(after.baseline()));
        changes.one("when-baseline-empty", word(before.whenBaselineEmpty()), word(after.whenBaselineEmpty()));
        return changes.changes;
    }

    private void one(String what, String was, String is) {
        if (!was.equals(is)) {
            changes.add(Change.changed(what, was, is));
        }
    }

    private void rules(Map<String, Rule> was, Map<String, Rule> is) {
        each("rule", texts(was, Changes::text), texts(is, Changes::text), text -> text, Change::changed);
        was.forEach((name, rule) -> {
            Rule now = is.get(name);
            if (now != null) {
                one("order of " + name, rule.order().toString(), now.order().toString());
            }
        });
        one("order of rules", order(was.keySet(), is.keySet()), order(is.keySet(), was.keySet()));
    }

    private static Map<String, Rule> byName(GrayPolicy policy) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        policy.rules().forEach(rule -> rules.put(rule.name(), rule));
        return rules;
    }

    /** The names that both have, in the order of the first. */
    private static String order(Set<String> names, Set<String> others) {
        return names.stream().filter(others::contains).collect(Collectors.joining(", "));
    }

    private <T> void each(
            String noun, Map<String, T> was, Map<String, T> is, Function<T, String> words, Difference<T> difference) {
        is.forEach((name, now) -> {
            T old = was.get(name);
            if (old == null) {
                changes.add(Change.added(noun + " " + name, words.apply(now)));
            } else if (!old.equals(now)) {
                changes.add(difference.between(noun + " " + name, old, now));
            }
        });
        was.forEach((name, old) -> {
            if (!is.containsKey(name)) {
                changes.add(Change.removed(noun + " " + name, words.apply(old)));
            }
        });
    }

    /** Tells what is different about a statement that both have. */
    @FunctionalInterface
    private interface Difference<T> {
        Change between(String what, T was, T is);
    }

    private static Change list(String what, Set<String> was, Set<String> is) {
        return Change.noted(
                what, was.size() + " -> " + size(is) + "; entered " + without(is, was) + "; left " + without(was, is));
    }

    private static String size(Set<String> list) {
        return list.size() + (list.size() == 1 ? " value" : " values");
    }

    private static String without(Set<String> values, Set<String> others) {
        List<String> only =
                values.stream().filter(value -> !others.contains(value)).toList();
        String shown = only.stream().limit(SHOWN).collect(Collectors.joining(", "));
        String more = only.size() > SHOWN ? ", ..." : "";
        return only.isEmpty() ? "0" : only.size() + " (" + shown + more + ")";
    }

    private static Map<String, String> texts(Map<String, Route> routes) {
        return texts(routes, Changes::text);
    }

    private static <T> Map<String, String> texts(Map<String, T> statements, Function<T, String> text) {
        Map<String, String> texts = new LinkedHashMap<>();
        statements.forEach((name, statement) -> texts.put(name, text.apply(statement)));
        return texts;
    }

    private static String text(Rule rule) {
        return rule.id().text();
    }

    private static String text(Route route) {
        return text(route.targets()) + (route.fallback() == Route.Fallback.STRICT ? " ; fallback=strict" : "");
    }

    /** Without spaces, so that a step of a phase is one line. */
    private static String text(DataMigration migration) {
        return migration.text().replace(" ", "");
    }

    private static String text(Targets targets) {
        String pairs = targets.versions().entrySet().stream()
                .map(target -> target.getKey() + ":" + target.getValue())
                .collect(Collectors.joining(", "));
        return targets.isEmpty() ? "none" : pairs;
    }

    private static String word(GrayPolicy.WhenBaselineEmpty choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
