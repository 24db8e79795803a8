package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.model.DataPhase;

/**
 * The fact as this process knows it. It may be behind: writes meet the {@link Fence} then, and ask again. Thread-safe.
 */
final class Facts {
    private static final Logger LOG = LoggerFactory.getLogger(Facts.class);
    private static final long POLL_MILLIS = 10;

    private final Store old;
    private final Store ofNew;
    private final StateTable table;
    private volatile @Nullable Fact known;
    private volatile @Nullable DataPhase wished;
    private long readAtNanos;

    Facts(String migration, Store old, Store ofNew) {
        this.old = old;
        this.ofNew = ofNew;
        this.table = new StateTable(migration);
    }

    /** Looks whether a store has what it needs, and lets it say where it is if it never has. */
    void prepare(Store store) throws SQLException {
        try (Connection connection = store.source().getConnection()) {
            GrayTables.check(connection);
            state(connection, store);
        }
    }

    /** The fact of the last look; looks now if there was none, or another wish then. */
    Fact known(@Nullable DataPhase wish) throws SQLException {
        Fact last = known;
        if (last != null && wish == wished) {
            return last;
        }
        wished = wish;
        try {
            return look();
        } catch (SQLException e) {
            if (last == null) {
                throw e;
            }
            LOG.debug("gray: the fact of before counts on", e);
            return last;
        }
    }

    /** Looks now. */
    synchronized Fact look() throws SQLException {
        Fact now = read();
        Fact before = known;
        known = now;
        readAtNanos = System.nanoTime();
        if (before != null && !before.toString().equals(now.toString())) {
            LOG.info("gray: {} is now {}", table, now);
        }
        return now;
    }

    /**
     * Looks, unless somebody has looked since, and waits until the primary takes writes.
     *
     * @param sinceNanos when the caller met another fact than it knew
     * @return the fact then, or when the time is over
     */
    synchronized Fact awaitOpen(long sinceNanos, long untilNanos) throws SQLException, InterruptedException {
        // Many wait, and one looks for all.
        Fact last = readAtNanos - sinceNanos > 0 && known != null ? known : look();
        while (!last.isOpen() && System.nanoTime() - untilNanos < 0) {
            wait(POLL_MILLIS);
            boolean isOld = System.nanoTime() - readAtNanos >= TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
            last = isOld || known == null ? look() : known;
        }
        return last;
    }

    /** A store that takes writes speaks for itself; one that does not says so, and then the other one counts. */
    private Fact read() throws SQLException {
        Fact last = known;
        boolean newFirst = last != null && last.newIsPrimary();
        State first;
        try {
            first = state(newFirst ? ofNew : old);
        } catch (SQLException e) {
            State second = state(newFirst ? old : ofNew);
            if (second.standing() == State.Standing.CLOSED) {
                throw e;
            }
            return new Fact(second);
        }
        if (first.standing() != State.Standing.CLOSED) {
            return new Fact(first);
        }
        State second = state(newFirst ? old : ofNew);
        boolean secondSpeaks = second.standing() != State.Standing.CLOSED || second.epoch() > first.epoch();
        return new Fact(secondSpeaks ? second : first);
    }

    private State state(Store store) throws SQLException {
        try (Connection connection = store.source().getConnection()) {
            return state(connection, store);
        }
    }

    private State state(Connection connection, Store store) throws SQLException {
        State found = table.read(connection, store.dialect(connection));
        if (found != null) {
            return found;
        }
        try {
            table.insert(connection, store == old ? State.ofOld() : State.ofNew());
        } catch (SQLException e) {
            if (!Faults.isOfIntegrity(e)) {
                throw e;
            }
        }
        State inserted = table.read(connection, store.dialect(connection));
        if (inserted == null) {
            throw new SQLException("gray_state: found no row of " + table + ", expected the one just inserted");
        }
        return inserted;
    }

    /** Goes to another phase of the same primary, if the fact is still this one. */
    boolean move(Fact from, DataPhase to, int limitSeconds) throws SQLException {
        Store primary = from.newIsPrimary() ? ofNew : old;
        boolean moved = Sql.own(primary.source(), connection -> table.move(connection, from, to, limitSeconds));
        look();
        return moved;
    }
}
