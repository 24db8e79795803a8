package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at rows that seemed to differ until it knows: equal once is equal, and what differs must differ three times. */
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

    /** The rows of these that differ without excuse, or never stood still. */
    List<Found> confirmed(Collection<RowKey> keys) throws SQLException, InterruptedException {
        List<Found> found = new ArrayList<>();
        Map<RowKey, Integer> tries = new HashMap<>();
        Set<RowKey> left = new LinkedHashSet<>(keys);
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        while (!left.isEmpty()) {
            Map<RowKey, Verdict> verdicts = check.look(left);
            verdicts.forEach((key, verdict) -> judge(key, verdict, tries, left, found));
            boolean late = System.nanoTime() - start > patience.limitNanos;
            if (left.isEmpty() || late || patience.stop.await(pause, TimeUnit.MILLISECONDS)) {
                break;
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
        for (RowKey key : left) {
            found.add(new Found(key, new Difference(key.text(), Difference.Kind.UNSURE, Collections.emptyList())));
        }
        return found;
    }

    private static void judge(
            RowKey key, Verdict verdict, Map<RowKey, Integer> tries, Set<RowKey> left, List<Found> found) {
        Difference difference = verdict.difference();
        if (verdict == Verdict.EQUAL) {
            left.remove(key);
        } else if (difference != null && tries.merge(key, 1, Integer::sum) == TRIES) {
            left.remove(key);
            found.add(new Found(key, difference));
        }
    }
}
