package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;

/**
 * Brings over what is in the outbox without a queue: takes, applies, and only then removes, in one transaction of the store the
 * events come from. Several run side by side, in this process and others.
 */
final class DirectRound implements Round {
    private static final long LOOK_MILLIS = 5;

    private final Store from;
    private final Outbox outbox;
    private final Inbox applier;
    private final Counts counts;

    DirectRound(Store from, Outbox outbox, Inbox applier, Counts counts) {
        this.from = from;
        this.outbox = outbox;
        this.applier = applier;
        this.counts = counts;
    }

    private interface Taken {
        List<Event> of(Connection connection) throws SQLException;
    }

    @Override
    public int once(int most) throws SQLException {
        int brought = bring(connection -> outbox.take(connection, most));
        counts.relayed.add(brought);
        return brought;
    }

    /** Brings over what has waited longer than a queue may take, and says how many events that were. */
    int overdue(Duration limit, int most) throws SQLException {
        int brought =
                bring(connection -> outbox.takeOverdue(connection, from.dialect(connection), limit.toMillis(), most));
        counts.pastQueue.add(brought);
        return brought;
    }

    /** Brings over those of some events that are still in the outbox. */
    void bring(List<Event> some) throws SQLException {
        bring(connection -> outbox.takeOf(connection, some));
    }

    private int bring(Taken taken) throws SQLException {
        return Sql.own(from.source(), connection -> {
            List<Event> events = taken.of(connection);
            if (!events.isEmpty()) {
                applier.accept(events);
                outbox.remove(connection, events);
            }
            return events.size();
        });
    }

    /**
     * Brings everything over, past a queue, until the outbox is empty; waits for others that have taken a part. What is committed
     * to the outbox meanwhile is brought too: whoever wants an end keeps writers away first.
     *
     * @throws SQLTransientException if it is not empty after the limit
     * @throws SQLException if a store is away
     */
    void drain(Duration limit) throws SQLException {
        long began = System.nanoTime();
        while (true) {
            boolean brought = once(BATCH) > 0;
            if (!brought && events() == 0) {
                return;
            }
            if (System.nanoTime() - began > limit.toNanos()) {
                throw new SQLTransientException(
                        "outbox: found " + events() + " events after " + limit.toMillis() + " ms, expected none");
            }
            if (!brought) {
                pause();
            }
        }
    }

    private int events() throws SQLException {
        return Sql.own(from.source(), outbox::backlog).events();
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientException("interrupted while the outbox is drained", e);
        }
    }
}
