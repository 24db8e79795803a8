package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;

/**
 * Runs writes in the store that orders them, and runs them again where the fact was another one meanwhile, or the database rolled
 * them back for the sake of others. Thread-safe.
 */
final class Writes<K, R> {
    private final RowMapper<K, R> mapper;
    private final Facts facts;
    private final Duration limit;
    private final Counts counts;

    Writes(RowMapper<K, R> mapper, Facts facts, Duration limit, Counts counts) {
        this.mapper = mapper;
        this.facts = facts;
        this.limit = limit;
        this.counts = counts;
    }

    /** How events leave a store that is primary. */
    interface Directions {
        Direction of(Fact fact);
    }

    /** What was written: the events that were committed, and in which fact. Immutable. */
    static final class Written {
        final Fact fact;
        final List<Event> events;

        Written(Fact fact, List<Event> events) {
            this.fact = fact;
            this.events = events;
        }
    }

    /**
     * Runs a write until it is committed.
     *
     * @throws SQLTransientException if no store took writes in time
     */
    Written run(Tx.Work<K, R> work, Fact believed, Directions directions) throws SQLException {
        long began = System.nanoTime();
        long since = began;
        Fact fact = believed;
        while (true) {
            if (fact.isOpen()) {
                try {
                    return new Written(fact, commit(work, fact, directions.of(fact)));
                } catch (SQLException e) {
                    // A circle of waiting, which our own change of the fact may be part of, is no fault of the service
                    // either.
                    if (!Faults.isOfOrder(e)) {
                        throw e;
                    }
                    since = System.nanoTime();
                    if (since - began > limit.toNanos()) {
                        counts.refused.increment();
                        throw e;
                    }
                    counts.fenced.increment();
                }
            }
            fact = open(since, began + limit.toNanos());
        }
    }

    private List<Event> commit(Tx.Work<K, R> work, Fact fact, Direction direction) throws SQLException {
        try (Connection connection = direction.from().source().getConnection()) {
            return Sql.committed(connection, same -> {
                TxEvents events = new TxEvents(
                        same,
                        direction.from().dialect(same),
                        direction.outbox(),
                        new Fence(direction.migration(), fact));
                work.in(new Tx<>(same, direction.rows(), mapper, events));
                events.beforeCommit();
                return events.committed();
            });
        }
    }

    private Fact open(long sinceNanos, long untilNanos) throws SQLException {
        try {
            Fact fact = facts.awaitOpen(sinceNanos, untilNanos);
            if (!fact.isOpen()) {
                counts.refused.increment();
                throw new SQLTransientException(
                        "no store takes writes for " + limit.toMillis() + " ms: found " + fact, "40001");
            }
            return fact;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientException("interrupted while no store takes writes", "40001", e);
        }
    }
}
