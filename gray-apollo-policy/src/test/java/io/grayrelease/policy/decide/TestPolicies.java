package io.grayrelease.policy.decide;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Targets;
import io.grayrelease.policy.model.Value;
import io.grayrelease.policy.model.VersionPattern;

/** The words in which the tests of this package write policies. */
final class TestPolicies {
    static final Value UID = Value.of(Value.Kind.UID);

    private TestPolicies() {}

    static GrayPolicy.Builder policy() {
        return GrayPolicy.builder(Snapshot.of(Map.of()));
    }

    static GrayPolicy policy(Rule... rules) {
        return policy().rules(List.of(rules)).build();
    }

    static Rule.Id id(int order, String name) {
        return Rule.Id.of("gray.rule." + order + "-" + name, BigInteger.valueOf(order), name, "");
    }

    static Rule rule(int order, Condition condition, String tag) {
        return Rule.tagging(id(order, "rule" + order), condition, tag, false, false);
    }

    static Rule stopping(int order, Condition condition, String tag) {
        return Rule.tagging(id(order, "rule" + order), condition, tag, true, false);
    }

    static Rule off(int order, Condition condition, String tag) {
        return Rule.tagging(id(order, "rule" + order), condition, tag, false, true);
    }

    static Rule baseline(int order, Condition condition) {
        return Rule.baseline(id(order, "rule" + order), condition, false);
    }

    /** A route of {@code target, version, target, version, ...}. */
    static Route route(String tag, String... targets) {
        return Route.of(tag, targets(targets), Route.Fallback.BASELINE);
    }

    static Targets targets(String... targets) {
        Map<String, VersionPattern> versions = new LinkedHashMap<>();
        for (int i = 0; i < targets.length; i += 2) {
            versions.put(targets[i], VersionPattern.of(targets[i + 1]));
        }
        return Targets.of(versions);
    }

    static GrayPolicy.Builder routes(Route... routes) {
        Map<String, Route> byTag = new LinkedHashMap<>();
        for (Route route : routes) {
            byTag.put(route.tag(), route);
        }
        return policy().routes(byTag);
    }
}
