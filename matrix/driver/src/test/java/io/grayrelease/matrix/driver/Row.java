package io.grayrelease.matrix.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.awaitility.core.ConditionTimeoutException;

import io.grayrelease.matrix.app.Task;
import io.grayrelease.matrix.app.Way;

import static org.awaitility.Awaitility.await;

/** One way of calling over one protocol: tried by a user of the new versions and by another one. */
record Row(Way way, String protocol) {
    private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(40);
    private static final Duration UNTIL_SEEN = Duration.ofSeconds(25);
    private static final int TRIES = 3;

    /** What went wrong, or nothing: both hops are made in this way. */
    String problem(Fleet fleet) {
        try {
            await().atMost(UNTIL_CONNECTED)
                    .pollDelay(Duration.ZERO)
                    .until(() -> failure(fleet, true).isEmpty()
                            && failure(fleet, false).isEmpty());
        } catch (ConditionTimeoutException e) {
            return failure(fleet, true) + failure(fleet, false);
        }
        StringBuilder problems = new StringBuilder();
        for (int i = 0; i < TRIES; i++) {
            problems.append(failure(fleet, true)).append(failure(fleet, false));
        }
        return problems.toString();
    }

    private String failure(Fleet fleet, boolean gray) {
        Task task = Task.parse(UUID.randomUUID() + "|" + protocol + "|" + way + "," + way);
        try {
            String answer = fleet.call(task, "uid", gray ? "7" : "8");
            if (!answer.equals("ok")) {
                return answer + "\n";
            }
            List<String> expected = expected(gray);
            if (waits()) {
                await().atMost(UNTIL_SEEN).until(() -> fleet.seen(task.id()).containsAll(expected));
            }
            List<String> seen = fleet.seen(task.id());
            return seen.equals(expected) ? "" : "expected " + expected + "\n but was " + seen + "\n";
        } catch (ConditionTimeoutException e) {
            return "expected " + expected(gray) + "\n but was " + fleet.seen(task.id()) + "\n";
        } catch (IllegalStateException e) {
            return e.getMessage() + "\n";
        }
    }

    /** Some ways return before the call has arrived. */
    private boolean waits() {
        return way == Way.ONEWAY || way == Way.FAILBACK;
    }

    private List<String> expected(boolean gray) {
        String tag = gray ? "T" : "-";
        String version = gray ? "2.0.0" : "1.0.0";
        List<String> lines = new ArrayList<>();
        if (way == Way.FORCED_MOCK) {
            return lines;
        }
        lines.add("middle " + version + " tag=" + tag + " mdc=" + tag);
        lines.add("end " + version + " tag=" + tag + " mdc=" + tag);
        if (way == Way.INJVM) {
            lines.add("entry local tag=" + tag + " mdc=" + tag);
            lines.add("middle local tag=" + tag + " mdc=" + tag);
        }
        if (way == Way.CALLBACK) {
            lines.add("listener tag=" + tag + " mdc=" + tag);
        }
        lines.sort(null);
        return lines;
    }
}
