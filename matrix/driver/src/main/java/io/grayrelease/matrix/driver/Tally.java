package io.grayrelease.matrix.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the calls of a soak. Not thread-safe. */
final class Tally {
    private static final int EXAMPLES = 10;

    private final Timeline timeline;
    private final Map<String, List<String>> examples = new TreeMap<>();
    private long calls;
    private long gray;
    private long wrong;
    private long failed;
    private long failedOfKilled;
    private long left;

    Tally(Timeline timeline) {
        this.timeline = timeline;
    }

    void add(SoakCall call) {
        calls++;
        if (call.failed()) {
            addFailed(call);
            return;
        }
        if (call.path().contains(SoakPolicy.GRAY)) {
            gray++;
        }
        String problem = timeline.problem(call);
        if (!problem.isEmpty()) {
            wrong++;
            example("wrong", call + ": " + problem);
        }
    }

    private void addFailed(SoakCall call) {
        if (timeline.isOfKilled(call)) {
            failedOfKilled++;
        } else {
            failed++;
            example("failed", call.toString());
        }
    }

    void left(String what) {
        left++;
        example("left on a thread", what);
    }

    private void example(String kind, String text) {
        List<String> ofKind = examples.computeIfAbsent(kind, key -> new ArrayList<>());
        if (ofKind.size() < EXAMPLES) {
            ofKind.add(kind + ": " + text);
        }
    }

    /** The first few of each kind. */
    List<String> examples() {
        return examples.values().stream().flatMap(List::stream).toList();
    }

    boolean isClean() {
        return calls > 0 && gray > 0 && wrong == 0 && failed == 0 && left == 0;
    }

    String line() {
        return String.format(
                "%,9d calls, %d wrong, %d failed, %d of killed processes", calls, wrong, failed, failedOfKilled);
    }

    String markdown(int minutes, int perSecond, Map<String, Integer> faults) {
        StringBuilder table = new StringBuilder("| | |\n|---|---|\n");
        row(table, "minutes, at " + perSecond + " requests per second", minutes);
        row(table, "requests", calls);
        row(table, "of them served by a new version somewhere", gray);
        row(table, "**went where the policy did not allow**", wrong);
        row(table, "**failed, not because of a killed process**", failed);
        row(table, "failed because of a killed process", failedOfKilled);
        row(table, "**tags left on threads**", left);
        faults.forEach((name, count) -> row(table, name, count));
        return table.toString();
    }

    private static void row(StringBuilder table, String name, long value) {
        table.append("| ")
                .append(name)
                .append(" | ")
                .append(String.format("%,d", value))
                .append(" |\n");
    }
}
