package io.grayrelease.policy.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Route;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Targets;
import io.grayrelease.policy.model.VersionPattern;

/** Finds pairs of rules that one request can match and whose routes want different versions of one service. */
final class Conflicts {
    /** How many pairs are compared at most: a check must not hold up a publish. */
    private static final int MAX_PAIRS = 100_000;

    /** How many conflicts are told at most: who has these has more to mend than to read. */
    private static final int MAX_FOUND = 100;

    private final Map<String, Route> routes;
    private int pairs;

    Conflicts(Map<String, Route> routes) {
        this.routes = routes;
    }

    List<Problem> find(List<Rule> tagging) {
        List<List<Constraints>> alternatives = new ArrayList<>();
        tagging.forEach(rule -> alternatives.add(Alternatives.of(rule.condition())));
        List<Problem> problems = new ArrayList<>();
        for (int later = 1; later < tagging.size(); later++) {
            for (int earlier = 0; earlier < later && pairs < MAX_PAIRS && problems.size() < MAX_FOUND; earlier++) {
                pairs++;
                Problem problem = conflict(tagging.get(earlier), tagging.get(later));
                if (problem != null && !Alternatives.areDisjoint(alternatives.get(earlier), alternatives.get(later))) {
                    problems.add(problem);
                }
            }
        }
        return problems;
    }

    /** A rule that stops leaves nothing to the later one. */
    private @Nullable Problem conflict(Rule earlier, Rule later) {
        Route first = routes.get(earlier.tag());
        Route second = routes.get(later.tag());
        if (first == null || second == null || first == second || earlier.stop()) {
            return null;
        }
        String target = contested(first.targets(), second.targets());
        return target == null
                ? null
                : Problem.ofKey(
                        later.id().key(),
                        "that " + earlier.id().key() + " may match the same request and tag " + first.tag()
                                + " wants another" + " version of " + target + " than tag " + second.tag(),
                        "rules that exclude each other (as it is, the first wins)");
    }

    /** A target for which both want providers, but different ones; {@code *} meets every target. */
    private static @Nullable String contested(Targets first, Targets second) {
        for (Map.Entry<String, VersionPattern> a : first.versions().entrySet()) {
            for (Map.Entry<String, VersionPattern> b : second.versions().entrySet()) {
                boolean meet = a.getKey().equals(b.getKey())
                        || a.getKey().equals(Targets.ANY)
                        || b.getKey().equals(Targets.ANY);
                if (meet && !a.getValue().equals(b.getValue())) {
                    return a.getKey().equals(Targets.ANY) ? b.getKey() : a.getKey();
                }
            }
        }
        return null;
    }
}
