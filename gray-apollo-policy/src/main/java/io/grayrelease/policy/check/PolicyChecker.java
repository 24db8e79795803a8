package io.grayrelease.policy.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Tags;

/**
 * Finds what is accepted but looks wrong. Rules that are off count as using their route and lists, since they are kept to
 * be switched on again. Thread-safe.
 */
public final class PolicyChecker {
    private final GrayPolicy policy;
    private final List<Problem> warnings = new ArrayList<>();

    private PolicyChecker(GrayPolicy policy) {
        this.policy = policy;
    }

    /** The warnings, in no particular order. */
    public static List<Problem> check(GrayPolicy policy) {
        return new PolicyChecker(policy).check();
    }

    private List<Problem> check() {
        List<Rule> active = policy.rules().stream().filter(rule -> !rule.off()).collect(Collectors.toList());
        neverMatching(active);
        List<Rule> reachable = reachable(active);
        List<Rule> tagging =
                reachable.stream().filter(rule -> rule.tag() != null).collect(Collectors.toList());
        warnings.addAll(new Conflicts(policy.routes()).find(tagging));
        tooManyTags(tagging);
        unusedRoutes();
        unusedLists();
        unreadStores();
        return warnings;
    }

    private void neverMatching(List<Rule> active) {
        for (Rule rule : active) {
            if (Alternatives.of(rule.condition()).stream().allMatch(Constraints::isNever)) {
                warn(rule, "a condition that no request can match", "one that some request can match");
            }
        }
    }

    /** The rules up to the first unconditional stop; those behind it are reported. */
    private List<Rule> reachable(List<Rule> active) {
        for (int i = 0; i < active.size(); i++) {
            Rule rule = active.get(i);
            if (rule.stop() && isAlwaysTrue(rule.condition())) {
                active.subList(i + 1, active.size())
                        .forEach(later -> warn(
                                later,
                                "a rule after " + rule.id().key() + ", which stops every request",
                                "a place before it"));
                return active.subList(0, i + 1);
            }
        }
        return active;
    }

    /** Whether a condition holds without looking at the request. */
    private static boolean isAlwaysTrue(Condition condition) {
        if (condition instanceof Condition.Or) {
            return ((Condition.Or) condition).operands().stream().anyMatch(PolicyChecker::isAlwaysTrue);
        }
        if (condition instanceof Condition.And) {
            return ((Condition.And) condition).operands().stream().allMatch(PolicyChecker::isAlwaysTrue);
        }
        if (condition instanceof Condition.Not) {
            return Alternatives.of(((Condition.Not) condition).operand()).stream()
                    .allMatch(Constraints::isNever);
        }
        return condition instanceof Condition.Always;
    }

    /** That some of the rules may exclude each other is left aside. */
    private void tooManyTags(List<Rule> tagging) {
        Set<String> tags = new LinkedHashSet<>();
        for (Rule rule : tagging) {
            String tag = rule.tag();
            if (tag != null) {
                tags.add(tag);
            }
        }
        int length = Tags.of(tags).text().length();
        if (length > Tags.MAX_LENGTH) {
            warnings.add(Problem.ofKey(
                    "",
                    length + " characters of tags and commas for a request that matches every rule",
                    "at most " + Tags.MAX_LENGTH + ": more are malformed, and the calls are baseline calls"));
        }
        if (tags.size() > Tags.MAX_COUNT) {
            warnings.add(Problem.ofKey(
                    "",
                    tags.size() + " tags for a request that matches every rule",
                    "at most " + Tags.MAX_COUNT + ": more are malformed, and the calls are baseline calls"));
        }
    }

    private void unusedRoutes() {
        Set<String> used = policy.rules().stream().map(Rule::tag).collect(Collectors.toSet());
        for (Route route : policy.routes().values()) {
            if (!used.contains(route.tag())) {
                warnings.add(Problem.ofKey(
                        route.key(),
                        "a route that no rule uses",
                        "a rule => " + route.tag() + " (until then, its versions are only reserved)"));
            }
        }
    }

    private void unusedLists() {
        Set<String> used = new HashSet<>();
        policy.rules().forEach(rule -> addLists(rule.condition(), used));
        for (String list : policy.lists().keySet()) {
            if (!used.contains(list)) {
                warnings.add(Problem.ofKey("gray.list." + list, "a list that no rule uses", "a rule with @" + list));
            }
        }
    }

    /** Comparing alone is a way to use the phase, so it is no error. */
    private void unreadStores() {
        for (DataMigration migration : policy.migrations().values()) {
            if (migration.phase() == DataPhase.GRAY_READ && migration.read() == null) {
                warnings.add(Problem.ofKey(
                        migration.key(),
                        "GRAY_READ without a tag",
                        "; read=<tag> (until then, nobody reads the new store, reads are only compared)"));
            }
        }
    }

    private static void addLists(Condition condition, Set<String> names) {
        if (condition instanceof Condition.OneOf && ((Condition.OneOf) condition).list() != null) {
            names.add(((Condition.OneOf) condition).list());
        }
        condition.operands().forEach(operand -> addLists(operand, names));
    }

    private void warn(Rule rule, String found, String expected) {
        warnings.add(Problem.ofKey(rule.id().key(), found, expected));
    }
}
