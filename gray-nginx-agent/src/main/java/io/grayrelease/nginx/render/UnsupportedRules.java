package io.grayrelease.nginx.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.grayrelease.gateway.ValueSource;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Rule;

/** Finds what Nginx cannot express in the rules of a policy, by writing each predicate. Not thread-safe. */
final class UnsupportedRules {
    private static final int MAX_RULES = 2_000;
    private static final int MAX_TAGS = 256;

    private final List<Problem> problems = new ArrayList<>();
    private final ConditionWriter writer = writer();

    private UnsupportedRules() {}

    static List<Problem> of(GrayPolicy policy) {
        UnsupportedRules unsupported = new UnsupportedRules();
        if (policy.on()) {
            unsupported.check(
                    policy.rules().stream().filter(rule -> !rule.off()).toList());
        }
        return unsupported.problems;
    }

    private static ConditionWriter writer() {
        List<ValueSource> some = List.of(ValueSource.parse("header:x"));
        Declarations declarations = new Declarations();
        RequestValues values = new RequestValues(new HttpSources(some, some, List.of()), declarations);
        return new ConditionWriter(declarations, values, new Constants(values, Instant.EPOCH));
    }

    private void check(List<Rule> rules) {
        Set<String> tags = new TreeSet<>();
        for (Rule rule : rules) {
            check(rule.id().key(), rule.condition());
            if (rule.tag() != null) {
                tags.add(rule.tag());
            }
        }
        atMost(MAX_RULES, rules.size(), "rules");
        atMost(MAX_TAGS, tags.size(), "tags");
    }

    private void atMost(int max, int found, String what) {
        if (found > max) {
            problems.add(Problem.ofKey("", found + " " + what, "at most " + max + ", or the lua driver"));
        }
    }

    private void check(String key, Condition condition) {
        int depth = ConditionWriter.depth(condition);
        if (depth > ConditionWriter.MAX_DEPTH) {
            problems.add(Problem.ofKey(
                    key,
                    "conditions nested " + depth + " deep",
                    "at most " + ConditionWriter.MAX_DEPTH + ", or the lua driver"));
        }
        predicates(key, condition);
    }

    private void predicates(String key, Condition condition) {
        condition.operands().forEach(operand -> predicates(key, operand));
        if (!condition.operands().isEmpty()) {
            return;
        }
        try {
            writer.write(condition, Outcomes.PLAIN);
        } catch (UnsupportedCondition e) {
            problems.add(Problem.ofKey(key, e.found(), e.expected()));
        }
    }
}
