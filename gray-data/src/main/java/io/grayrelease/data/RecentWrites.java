package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what this process wrote, a while later, for as long as it runs. Thread-safe. */
final class RecentWrites implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecentWrites.class);
    private static final int MOST_KEYS = 10_000;
    private static final int KEYS_AT_ONCE = 1_000;
    private static final long LATER_NANOS = 2_000_000_000L;
    private static final long EVERY_MILLIS = 500;

    /** Looks at rows until it knows, and says how many differ. */
    interface Look {
        int at(Collection<String> keys, Recheck.Patience patience) throws SQLException, InterruptedException;
    }

    private final String migration;
    private final boolean compares;
    private final Look look;
    private final Counts counts;
    private final Rarely rarely = new Rarely();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Map<String, Long> writtenAt = new LinkedHashMap<>();

    RecentWrites(String migration, boolean compares, Look look, Counts counts) {
        this.migration = migration;
        this.compares = compares;
        this.look = look;
        this.counts = counts;
    }

    void start() {
        if (compares) {
            Daemon.thread(this::run, "recent-" + migration).start();
        }
    }

    /** Tells of writes; of more than {@value #MOST_KEYS} rows, those written longest ago are forgotten. */
    void written(List<Event> events) {
        if (!compares) {
            return;
        }
        long now = System.nanoTime();
        synchronized (writtenAt) {
            for (Event event : events) {
                writtenAt.remove(event.key());
                writtenAt.put(event.key(), now);
            }
            Iterator<String> oldest = writtenAt.keySet().iterator();
            while (writtenAt.size() > MOST_KEYS) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    private List<String> takeOlder() {
        List<String> keys = new ArrayList<>();
        long now = System.nanoTime();
        synchronized (writtenAt) {
            Iterator<Map.Entry<String, Long>> all = writtenAt.entrySet().iterator();
            while (all.hasNext() && keys.size() < KEYS_AT_ONCE) {
                Map.Entry<String, Long> oldest = all.next();
                if (now - oldest.getValue() < LATER_NANOS) {
                    break;
                }
                keys.add(oldest.getKey());
                all.remove();
            }
        }
        return keys;
    }

    private void run() {
        try {
            while (!stop.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                compare(takeOlder());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void compare(List<String> keys) throws InterruptedException {
        if (keys.isEmpty()) {
            return;
        }
        try {
            int differ = look.at(keys, new Recheck.Patience(Duration.ofSeconds(2), stop));
            counts.recentCompared.add(keys.size());
            counts.recentMismatches.add(differ);
            if (differ > 0 && rarely.isTime()) {
                LOG.warn("gray: {}: {} of the rows written lately differ between the stores", migration, differ);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("gray: what was written lately is not compared", e);
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
