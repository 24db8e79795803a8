package io.grayrelease.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The share of traffic that each version of each service got. */
final class Shares {
    private static final int WIDTH = 40;

    private final int total;
    private final Map<String, Integer> counts = new TreeMap<>();

    private Shares(int total) {
        this.total = total;
    }

    static Shares of(List<Answer> answers) {
        Shares shares = new Shares(answers.size());
        for (String name : List.of("order 1.0.0", "order 2.0.0", "stock 1.0.0", "stock 2.0.0")) {
            shares.counts.put(name, 0);
        }
        answers.forEach(shares::count);
        return shares;
    }

    private void count(Answer answer) {
        if (answer.isFailed()) {
            counts.merge("failed", 1, Integer::sum);
            return;
        }
        for (String hop : answer.path().split(" > ", -1)) {
            counts.merge(hop, 1, Integer::sum);
        }
    }

    /** One line for each version: its bar, its percentage, its number of calls. */
    List<String> bars() {
        return counts.entrySet().stream()
                .map(entry -> bar(entry.getKey(), entry.getValue()))
                .toList();
    }

    private String bar(String name, int count) {
        return String.format(
                Locale.ROOT,
                "%-12s|%-" + WIDTH + "s| %6.2f %%  %6d",
                name,
                "#".repeat(length(count)),
                percent(count),
                count);
    }

    /** Rounded, but nothing that is there is shown as nothing. */
    private int length(int count) {
        return count == 0 ? 0 : Math.max(1, Math.round((float) WIDTH * count / total));
    }

    private double percent(int count) {
        return total == 0 ? 0 : 100.0 * count / total;
    }

    /** Everything on one line. */
    String line() {
        StringBuilder line = new StringBuilder();
        counts.forEach((name, count) -> line.append(line.isEmpty() ? "" : "   ")
                .append(String.format(Locale.ROOT, "%s %.1f %%", name, percent(count))));
        return line.toString();
    }
}
