package io.grayrelease.cli.diff;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.grayrelease.policy.decide.PolicyEvaluator;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Rule;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.model.Value;

/**
 * Who gets which tags under two policies, counted over some uids. Requests have a uid and nothing else.
 *
 * @param cohorts the users of each tag, and those without any
 * @param overlaps the users of two tags at a time, where there are any
 */
record Movement(int uids, List<Count> cohorts, List<Count> overlaps) {
    static final String BASELINE = "baseline";

    /** How many users a group has, and how many come and go. */
    record Count(String group, int before, int after, int entering, int leaving) {}

    static Movement of(GrayPolicy before, GrayPolicy after, List<String> uids, Clock clock) {
        PolicyEvaluator old = PolicyEvaluator.of(before, clock);
        PolicyEvaluator now = PolicyEvaluator.of(after, clock);
        Map<String, Counter> cohorts = new TreeMap<>();
        Map<String, Counter> overlaps = new TreeMap<>();
        tags(before, after).forEach(tag -> cohorts.put(tag, new Counter()));
        Counter baseline = new Counter();
        for (String uid : uids) {
            RequestView request = value -> value.kind() == Value.Kind.UID ? uid : null;
            Tags was = old.decide(request).tags();
            Tags is = now.decide(request).tags();
            baseline.add(was.isEmpty(), is.isEmpty());
            add(cohorts, Set.copyOf(was.names()), Set.copyOf(is.names()));
            add(overlaps, pairs(was), pairs(is));
        }
        List<Count> counts = counts(cohorts);
        counts.add(baseline.count(BASELINE));
        return new Movement(uids.size(), counts, counts(overlaps));
    }

    private static Set<String> tags(GrayPolicy... policies) {
        Set<String> tags = new LinkedHashSet<>();
        for (GrayPolicy policy : policies) {
            for (Rule rule : policy.rules()) {
                String tag = rule.tag();
                if (tag != null) {
                    tags.add(tag);
                }
            }
        }
        return tags;
    }

    /** Every two tags of a request, the same way round whatever their order. */
    private static Set<String> pairs(Tags tags) {
        Set<String> pairs = new LinkedHashSet<>();
        List<String> names = tags.names().stream().sorted().toList();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                pairs.add(names.get(i) + " and " + names.get(j));
            }
        }
        return pairs;
    }

    private static void add(Map<String, Counter> counters, Set<String> was, Set<String> is) {
        Set<String> groups = new LinkedHashSet<>(was);
        groups.addAll(is);
        groups.forEach(group ->
                counters.computeIfAbsent(group, name -> new Counter()).add(was.contains(group), is.contains(group)));
    }

    private static List<Count> counts(Map<String, Counter> counters) {
        List<Count> counts = new ArrayList<>();
        counters.forEach((group, counter) -> counts.add(counter.count(group)));
        return counts;
    }

    private static final class Counter {
        private int before;
        private int after;
        private int entering;
        private int leaving;

        void add(boolean was, boolean is) {
            before += was ? 1 : 0;
            after += is ? 1 : 0;
            entering += is && !was ? 1 : 0;
            leaving += was && !is ? 1 : 0;
        }

        Count count(String group) {
            return new Count(group, before, after, entering, leaving);
        }
    }
}
