package io.grayrelease.matrix.driver;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.awaitility.core.ConditionTimeoutException;

import io.grayrelease.matrix.app.Task;
import io.grayrelease.matrix.app.Way;

import static org.awaitility.Awaitility.await;

/** One way of calling over one protocol: tried by a user of the new versions and by another one at once, on both hops. */
record Row(Way way, String protocol) {
    private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(40);
    private static final Duration UNTIL_SEEN = Duration.ofSeconds(25);
    /** More of them, when one was right; each takes many seconds for those that wait for a time-out. */
    private static final int TRIES = 4;

    private static final Set<Way> SLOW = EnumSet.of(Way.FAILOVER, Way.FAILBACK);
    private static final Set<Way> ANSWERED_EARLY = EnumSet.of(Way.ONEWAY, Way.FAILBACK);
    private static final Set<Way> NOT_ROUTED = EnumSet.of(Way.LONE_GROUP, Way.DIRECT);

    /** What is known of this row in a chain. */
    Cell expected(Chain chain) {
        if (!isThere(chain)) {
            return Cell.NONE;
        }
        if (way == Way.CALLBACK && (isOld(chain.middle()) || isOld(chain.end()))) {
            return Cell.NO; // the one that calls back is a 3.1, where nobody can add anything to such a call
        }
        return NOT_ROUTED.contains(way) || !chain.jarsInMiddle() ? Cell.TAG_ONLY : Cell.YES;
    }

    private boolean isThere(Chain chain) {
        boolean triple = protocol.equals("tri");
        return switch (way) {
            case SERVER_STREAM, CLIENT_STREAM, BIDI_STREAM, STREAM_ANSWERS, PROTOBUF -> triple;
            case CALLBACK -> !triple;
            case EXECUTOR -> !isOld(chain.middle()) && !isOld(chain.end());
                // Dubbo 3.1 does not try a Triple call again that timed out.
            case FAILOVER, FAILBACK -> !triple || (!isOld(chain.entry()) && !isOld(chain.middle()));
                // Registered per interface, Dubbo takes the list for one version's name.
            case VERSION_LIST -> !chain.mode().equals("interface");
            default -> true;
        };
    }

    private static boolean isOld(String dubbo) {
        return dubbo.startsWith("3.1.");
    }

    /** Tries it, for what it should be; the text says what is not so, and is empty if all is. */
    String problem(Fleet fleet, Cell expected) {
        if (expected == Cell.NONE || expected == Cell.NO) {
            return "";
        }
        try {
            await().atMost(UNTIL_CONNECTED).pollDelay(Duration.ZERO).until(() -> failures(fleet, expected)
                    .isEmpty());
        } catch (ConditionTimeoutException e) {
            return failures(fleet, expected);
        }
        StringBuilder problems = new StringBuilder();
        for (int i = 0; i < (SLOW.contains(way) ? 0 : TRIES); i++) {
            problems.append(failures(fleet, expected));
        }
        return problems.toString();
    }

    private String failures(Fleet fleet, Cell expected) {
        CompletableFuture<String> gray =
                CompletableFuture.supplyAsync(() -> failure(fleet, expected, true), task -> new Thread(task).start());
        return failure(fleet, expected, false) + gray.join();
    }

    private String failure(Fleet fleet, Cell cell, boolean gray) {
        Task task = Task.parse(UUID.randomUUID() + "|" + protocol + "|" + way + "," + way);
        List<String> expected = expected(gray);
        try {
            String answer = fleet.call(task, "uid", gray ? "7" : "8");
            if (!answer.equals("ok")) {
                return answer + "\n";
            }
            if (ANSWERED_EARLY.contains(way)) {
                await().atMost(UNTIL_SEEN).until(() -> fleet.seen(task.id()).size() >= expected.size());
            }
        } catch (IllegalStateException | UncheckedIOException | ConditionTimeoutException e) {
            return e.getMessage() + "\n";
        }
        List<String> seen = fleet.seen(task.id());
        return isAs(expected, seen, cell) ? "" : "expected " + expected + "\n but was " + seen + "\n";
    }

    private static boolean isAs(List<String> expected, List<String> seen, Cell cell) {
        return cell == Cell.YES ? seen.equals(expected) : withoutVersions(seen).equals(withoutVersions(expected));
    }

    /** The log tag too: a service without our jars has none. */
    private static List<String> withoutVersions(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll(" \\d\\.0\\.0| mdc=.*", ""))
                .distinct()
                .toList();
    }

    private List<String> expected(boolean gray) {
        String tag = way == Way.OWN_TAG ? "U" : gray ? "T" : "-";
        String version = tag.equals("-") ? "1.0.0" : "2.0.0";
        // Dubbo brings its own context to the thread that answers, and nobody the logs'.
        String carried = " tag=" + tag + " mdc=" + (way == Way.ASYNC_CONTEXT ? "null" : tag);
        List<String> lines = new ArrayList<>();
        if (way == Way.FORCED_MOCK) {
            return lines;
        }
        lines.add("end " + version + carried);
        if (way == Way.INJVM) {
            lines.add("entry local" + carried);
        }
        if (way == Way.CALLBACK) {
            lines.add("listener" + carried);
        }
        lines.add("middle " + version + carried);
        if (way == Way.INJVM) {
            lines.add("middle local" + carried);
        }
        return lines;
    }
}
