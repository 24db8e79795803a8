package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Looks at rows that seemed to differ until it knows: equal once is equal, and what differs must differ three times. A row that is
 * written all the time never stands still; if events have reached the other store three times since it seemed to differ, each has
 * brought the whole row, and what it was before does not count any more.
 */
final class Recheck {
    private static final int TRIES = 3;
    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final RowCheck check;
    private final Patience patience;

    Recheck(RowCheck check, Patience patience) {
        this.check = check;
        this.patience = patience;
    }

    /** How long to look at rows that are written all the time, and what ends that at once. */
    static final class Patience {
        final long limitNanos;
        final CountDownLatch stop;

        Patience(Duration limit, CountDownLatch stop) {
            this.limitNanos = limit.toNanos();
            this.stop = stop;
        }
    }

    /** A difference and the row's key. */
    static final class Found {
        final RowKey key;
        final Difference difference;

        Found(RowKey key, Difference difference) {
            this.key = key;
            this.difference = difference;
        }
    }

    /** The rows of these that differ without excuse, or of which nothing could be said. */
    List<Found> confirmed(Collection<RowKey> keys) throws SQLException, InterruptedException {
        List<Found> found = new ArrayList<>();
        Map<RowKey, Suspect> left = new LinkedHashMap<>();
        keys.forEach(key -> left.put(key, new Suspect()));
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        while (!left.isEmpty()) {
            check.look(left.keySet()).forEach((key, verdict) -> judge(key, verdict, left, found));
            boolean late = System.nanoTime() - start > patience.limitNanos;
            if (left.isEmpty() || late || patience.stop.await(pause, TimeUnit.MILLISECONDS)) {
                break;
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
        left.forEach((key, suspect) -> found.add(new Found(key, suspect.unsettled(key))));
        return found;
    }

    private static void judge(RowKey key, Verdict verdict, Map<RowKey, Suspect> left, List<Found> found) {
        Suspect suspect = left.get(key);
        if (suspect == null || suspect.isCleared(verdict)) {
            left.remove(key);
            return;
        }
        Difference difference = suspect.confirmed(verdict);
        if (difference != null) {
            left.remove(key);
            found.add(new Found(key, difference));
        }
    }

    /** What is known of a row. */
    private static final class Suspect {
        private int differed;
        private int rewritten;
        private @Nullable Verdict last;

        boolean isCleared(Verdict verdict) {
            if (last != null && verdict.version() > last.version()) {
                rewritten++;
            }
            return verdict.isEqual() || (rewritten >= TRIES && verdict.difference() == null);
        }

        @Nullable
        Difference confirmed(Verdict verdict) {
            last = verdict;
            differed += verdict.difference() == null ? 0 : 1;
            return differed == TRIES ? verdict.difference() : null;
        }

        Difference unsettled(RowKey key) {
            Difference difference = last == null ? null : last.difference();
            return difference != null
                    ? difference
                    : new Difference(key.text(), Difference.Kind.UNSURE, Collections.emptyList());
        }
    }
}
