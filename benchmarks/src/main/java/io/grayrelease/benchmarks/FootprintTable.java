package io.grayrelease.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.grayrelease.benchmarks.RpcResult.Start;

/** What a service pays for having our jars, as a section of the page. */
record FootprintTable(RpcResult result) {
    private static final String OURS = "gray-";
    private static final String DUBBO = "dubbo-";
    private static final int OWN_THREADS_GOAL = 1;

    String section() {
        Set<String> added = threads(true);
        added.removeAll(threads(false));
        List<String> own = added.stream().filter(name -> name.startsWith(OURS)).toList();
        added.removeAll(own);
        return """

                ## Footprint

                A service that provides and calls, with the policy from Apollo; medians of %d starts with our jars and as many without,
                by turns (`%s`). It is looked at after 1,000 calls.

                | | without | with | more |
                |---|--:|--:|---|
                %s%s%s| threads of our own | 0 | %d | %s |
                | other threads that come with it | | %d | %s |
                | size of the jars, KB | %s | %s | |
                """
                .formatted(
                        starts(true).size(),
                        result.jvm(),
                        row("start until it serves, ms", Start::millis),
                        row("heap after a collection, MB", start -> start.heap() / 1e6),
                        row("threads", start -> start.threads().size()),
                        own.size(),
                        new Goal(names(own) + "≤ " + OWN_THREADS_GOAL, own.size() <= OWN_THREADS_GOAL),
                        added.size(),
                        String.join(", ", added),
                        size("Dubbo's", name -> name.startsWith(DUBBO)),
                        size("ours", name -> name.startsWith(OURS)) + ", "
                                + size(
                                        "apollo-client's with what it needs",
                                        name -> !name.startsWith(OURS) && !name.startsWith(DUBBO)));
    }

    private static String names(List<String> own) {
        return own.isEmpty() ? "" : String.join(", ", own) + "; ";
    }

    private List<Start> starts(boolean jars) {
        return result.starts().stream().filter(start -> start.jars() == jars).toList();
    }

    private String row(String title, ToDoubleFunction<Start> figure) {
        Medians without = Medians.of(starts(false).stream().mapToDouble(figure));
        Medians with = Medians.of(starts(true).stream().mapToDouble(figure));
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %+.1f (%+.0f %%) |%n",
                title,
                without,
                with,
                with.middle() - without.middle(),
                100 * (with.middle() / without.middle() - 1));
    }

    /** Kinds of threads, since those of a pool are as many as there was work. */
    private Set<String> threads(boolean jars) {
        return starts(jars).stream()
                .flatMap(start -> start.threads().stream())
                .map(name -> name.replaceAll("\\d+", "N"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String size(String whose, Predicate<String> jars) {
        long bytes = result.jars().entrySet().stream()
                .filter(jar -> jars.test(jar.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return String.format(Locale.ROOT, "%s %,.0f", whose, bytes / 1e3);
    }
}
