package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
    private final TwoPlaces places;
    private final Rarely notOpened = new Rarely();
    private volatile @Nullable Fact known;
    private volatile @Nullable DataPhase wished;
    private long readAtNanos;

    Facts(String migration, Store old, Store ofNew) {
        this.old = old;
        this.ofNew = ofNew;
        this.table = new StateTable(migration);
        this.places = new TwoPlaces(old, ofNew);
    }

    /** Looks whether a store has what it needs. */
    void check(Store store) throws SQLException {
        try (Connection connection = store.source().getConnection()) {
            check(connection, store);
        }
    }

    private static void check(Connection connection, Store store) throws SQLException {
        GrayTables.check(connection);
        Dialect unused = store.dialect(connection);
    }

    /**
     * The same, and lets it say where it is if it never has.
     *
     * @throws IllegalArgumentException if the other one has been looked at, and is the same: nothing is written then
     */
    void prepare(Store store) throws SQLException {
        check(store);
        places.check();
        state(store);
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

    /** The fact of the last look; null if there was none. Asks no database. */
    @Nullable
    Fact last() {
        return known;
    }

    /** Whether the fact was looked at when there was another wish. */
    boolean isNews(@Nullable DataPhase wish) {
        return known != null && wish != wished;
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
        Store one = newFirst ? ofNew : old;
        Store other = newFirst ? old : ofNew;
        State first;
        try {
            first = ended(one, state(one));
        } catch (SQLException e) {
            State second = ended(other, state(other));
            if (second.standing() == State.Standing.CLOSED) {
                throw e;
            }
            return new Fact(second);
        }
        if (first.standing() != State.Standing.CLOSED) {
            return new Fact(first);
        }
        State second = ended(other, state(other));
        if (second.standing() != State.Standing.CLOSED) {
            return new Fact(second);
        }
        return second.epoch() > first.epoch() ? opened(one, second) : opened(other, first);
    }

    /** Opens a store that is abandoned in the middle of a switch. */
    private State ended(Store store, State state) throws SQLException {
        if (!state.isAbandoned()) {
            return state;
        }
        if (in(store, connection -> table.openAbandoned(connection, store.dialect(connection)))) {
            LOG.warn("gray: {}: a switch was not ended in its time, {} is primary again", table, store.name());
        }
        return state(store);
    }

    /** Opens a store that the other one has handed over to: whoever finds that nobody has yet. */
    private Fact opened(Store store, State handedOver) throws SQLException {
        try {
            OutboxSequence.lift(store.source(), Version.first(handedOver.epoch()));
            in(
                    store,
                    connection ->
                            table.open(connection, store.dialect(connection), handedOver.epoch(), handedOver.phase()));
            return new Fact(state(store));
        } catch (SQLException e) {
            if (notOpened.isTime()) {
                LOG.warn(
                        "gray: {}: {} is to take writes and does not open; writes wait or fail, and it is tried again: {}",
                        table,
                        store.name(),
                        FaultWords.of(e));
            }
            return new Fact(handedOver);
        }
    }

    private State state(Store store) throws SQLException {
        return Sql.one(store.source(), connection -> state(connection, store));
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
            throw new SQLException("gray_state of " + store.name() + ": found no row of " + table
                    + ", expected the one just inserted");
        }
        return inserted;
    }

    /** Goes to another phase of the same primary, if the fact is still this one. */
    boolean move(Fact from, DataPhase to, int limitSeconds) throws SQLException {
        boolean moved = in(primary(from), connection -> table.move(connection, from, to, limitSeconds));
        look();
        return moved;
    }

    /** The first step of a {@link Switch}. */
    boolean close(Fact from, String token, Duration limit) throws SQLException {
        Store store = primary(from);
        return in(
                store, connection -> table.close(connection, store.dialect(connection), from, token, limit.toMillis()));
    }

    /** Whether the other store could open now; {@link #handOver} leaves none that takes writes until it has. */
    boolean canOpenOther(Fact from, int limitSeconds) throws SQLException {
        return in(from.newIsPrimary() ? old : ofNew, connection -> table.canOpen(connection, limitSeconds));
    }

    /** Its last one, before the other store opens. */
    boolean handOver(Fact from, String token, int epoch, DataPhase to) throws SQLException {
        return in(primary(from), connection -> table.handOver(connection, token, epoch, to));
    }

    boolean openAgain(Fact from, String token) throws SQLException {
        return in(primary(from), connection -> table.openAgain(connection, token));
    }

    /** Keeps how long no store took writes, for people. */
    void paused(Fact now, Duration pause) throws SQLException {
        in(primary(now), connection -> {
            table.paused(connection, now.epoch(), pause.toMillis());
            return true;
        });
    }

    private Store primary(Fact fact) {
        return fact.newIsPrimary() ? ofNew : old;
    }

    /** One statement, which the database commits by itself: who hangs after it holds no lock that writes would wait for. */
    private static <T> T in(Store store, Sql.Work<T> work) throws SQLException {
        return Sql.one(store.source(), work);
    }
}
