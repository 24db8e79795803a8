package io.grayrelease.cli.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Targets;

/** What is different between two policies, statement by statement. A rule is known by its name, whatever its order. */
final class Changes {
    private static final int SHOWN = 5;

    private final GrayPolicy before;
    private final GrayPolicy after;
    private final List<Change> changes = new ArrayList<>();

    private Changes(GrayPolicy before, GrayPolicy after) {
        this.before = before;
        this.after = after;
    }

    static List<Change> between(GrayPolicy before, GrayPolicy after) {
        Changes changes = new Changes(before, after);
        changes.compareSwitch();
        changes.compareRules();
        changes.compareOrder();
        changes.compare("list", before.lists(), after.lists(), Changes::size, Changes::members);
        changes.compare("route", before.routes(), after.routes(), Changes::words, Changes::arrow);
        changes.compareBaseline();
        return changes.changes;
    }

    private void changed(String what, Object old, Object now) {
        if (!old.equals(now)) {
            changes.add(new Change(Change.Kind.CHANGED, what, old + " -> " + now));
        }
    }

    private void compareSwitch() {
        changed("switch", before.on() ? "on" : "off", after.on() ? "on" : "off");
    }

    private void compareBaseline() {
        changed("baseline", words(before.baseline()), words(after.baseline()));
        changed(
                "when-baseline-empty",
                before.whenBaselineEmpty().name().toLowerCase(Locale.ROOT),
                after.whenBaselineEmpty().name().toLowerCase(Locale.ROOT));
    }

    private void compareRules() {
        Map<String, Rule> old = byName(before);
        Map<String, Rule> now = byName(after);
        compare(
                "rule",
                old,
                now,
                rule -> rule.id().text(),
                (was, is) -> was.id().text() + " -> " + is.id().text());
        old.forEach((name, rule) -> {
            Rule is = now.get(name);
            if (is != null && !is.order().equals(rule.order())) {
                changes.add(
                        new Change(Change.Kind.CHANGED, "rule " + name, "order " + rule.order() + " -> " + is.order()));
            }
        });
    }

    private static Map<String, Rule> byName(GrayPolicy policy) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        policy.rules().forEach(rule -> rules.put(rule.name(), rule));
        return rules;
    }

    /** Whether the rules of both policies are tried one after the other as before. */
    private void compareOrder() {
        List<String> old = new ArrayList<>(byName(before).keySet());
        List<String> now = new ArrayList<>(byName(after).keySet());
        old.retainAll(new LinkedHashSet<>(now));
        now.retainAll(new LinkedHashSet<>(old));
        changed("order of rules", String.join(", ", old), String.join(", ", now));
    }

    /** The words of what both have but differently. */
    @FunctionalInterface
    private interface Difference<T> {
        String between(T old, T now);
    }

    private <T> void compare(
            String noun, Map<String, T> old, Map<String, T> now, Function<T, String> words, Difference<T> difference) {
        now.forEach((name, is) -> {
            T was = old.get(name);
            if (was == null) {
                changes.add(new Change(Change.Kind.ADDED, noun + " " + name, words.apply(is)));
            } else if (!words.apply(was).equals(words.apply(is)) || !(is instanceof Rule || Objects.equals(was, is))) {
                changes.add(new Change(Change.Kind.CHANGED, noun + " " + name, difference.between(was, is)));
            }
        });
        old.forEach((name, was) -> {
            if (!now.containsKey(name)) {
                changes.add(new Change(Change.Kind.REMOVED, noun + " " + name, words.apply(was)));
            }
        });
    }

    private static String size(Set<String> list) {
        return list.size() + (list.size() == 1 ? " value" : " values");
    }

    private static String members(Set<String> old, Set<String> now) {
        return old.size() + " -> " + size(now) + "; entered " + without(now, old) + "; left " + without(old, now);
    }

    private static String without(Set<String> values, Set<String> others) {
        List<String> only =
                values.stream().filter(value -> !others.contains(value)).toList();
        if (only.isEmpty()) {
            return "0";
        }
        String shown = only.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return only.size() + " (" + shown + (only.size() > SHOWN ? ", ..." : "") + ")";
    }

    private static String words(Route route) {
        return words(route.targets()) + (route.fallback() == Route.Fallback.STRICT ? " ; fallback=strict" : "");
    }

    private static String words(Targets targets) {
        return targets.isEmpty()
                ? "none"
                : targets.versions().entrySet().stream()
                        .map(target -> target.getKey() + ":" + target.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String arrow(Route old, Route now) {
        return words(old) + " -> " + words(now);
    }
}
