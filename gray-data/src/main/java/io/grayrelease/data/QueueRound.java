package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Sends what is in the outbox to a queue, once; its inbox removes it there. What a queue has not brought over within a limit is
 * brought past it: so nothing is lost that a queue loses, and what a queue cannot bring is not sent to it again and again.
 */
final class QueueRound implements Round {
    private static final int LOOKS_PER_LIMIT = 30;

    private final Store from;
    private final Outbox outbox;
    private final Carrier carrier;
    private final DirectRound direct;
    private final Duration limit;
    private final Counts counts;
    private final LongSupplier nanoTime;
    private long lookAgain;

    QueueRound(
            Store from,
            Outbox outbox,
            Carrier carrier,
            DirectRound direct,
            Duration limit,
            Counts counts,
            LongSupplier nanoTime) {
        this.from = from;
        this.outbox = outbox;
        this.carrier = carrier;
        this.direct = direct;
        this.limit = limit;
        this.counts = counts;
        this.nanoTime = nanoTime;
        this.lookAgain = nanoTime.getAsLong();
    }

    @Override
    public int once(int most) throws SQLException {
        int overdue = overdue(most);
        return overdue == most ? overdue : send(most);
    }

    private int overdue(int most) throws SQLException {
        if (nanoTime.getAsLong() - lookAgain < 0) {
            return 0;
        }
        int brought = direct.overdue(limit, most);
        if (brought < most) {
            lookAgain = nanoTime.getAsLong() + limit.toNanos() / LOOKS_PER_LIMIT;
        }
        return brought;
    }

    /** Marks first: no transaction is open, and no lock held, while a queue does not answer. */
    private int send(int most) throws SQLException {
        List<Event> events =
                Sql.own(from.source(), connection -> outbox.takeToSend(connection, from.dialect(connection), most));
        if (events.isEmpty()) {
            return 0;
        }
        try {
            carrier.send(events);
        } catch (Exception e) {
            throw notSent(events, e);
        }
        counts.relayed.add(events.size());
        return events.size();
    }

    private SQLException notSent(List<Event> events, Exception why) {
        SQLException failure = new SQLException("events were not sent: " + why, why);
        boolean interrupted = why instanceof InterruptedException;
        try {
            Sql.own(from.source(), connection -> outbox.unsent(connection, events));
        } catch (SQLException e) {
            // They count as sent, and go past the queue when its time is over.
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure;
    }
}
