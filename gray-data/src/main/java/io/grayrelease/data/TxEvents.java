package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import static java.sql.Connection.TRANSACTION_READ_COMMITTED;

/**
 * What the writes of one transaction leave in the outbox, behind the fence: with the first event the transaction holds the fact,
 * and without events just before its commit, which keeps the lock short.
 */
final class TxEvents {
    private final Connection connection;
    private final Dialect dialect;
    private final Outbox outbox;
    private final Fence fence;
    private final List<Event> events = new ArrayList<>();
    /** Whether the service has the connection too: nobody knows what its statements do. */
    private boolean shared;

    private boolean asked;
    /** PostgreSQL has given the transaction up then, and its driver says nothing of that when it commits. */
    private boolean unsure;
    /** The service may catch it; the transaction must not commit. */
    private @Nullable SQLException failed;

    TxEvents(Connection connection, Dialect dialect, Outbox outbox, Fence fence) {
        this.connection = connection;
        this.dialect = dialect;
        this.outbox = outbox;
        this.fence = fence;
    }

    /** Whether it is of interest what a write leaves in its row. */
    boolean captures() {
        return fence.fact().captures();
    }

    /** Whether the transaction is one of the new store. */
    boolean areInNew() {
        return fence.fact().newIsPrimary();
    }

    private interface Locks {
        KeyLock of(Image image) throws SQLException;
    }

    /** Tells of a write of a row that was there before it, and is locked; the service itself may have inserted it. */
    void add(PrimaryRows rows, PrimaryRows.Written written) throws SQLException {
        tell(rows, written, image -> shared ? KeyLock.SHARED : KeyLock.NONE);
    }

    /** Tells of a row that was inserted. */
    void addInserted(PrimaryRows rows, PrimaryRows.Written written) throws SQLException {
        tell(rows, written, image -> KeyLock.SHARED);
    }

    /**
     * Tells of what statements of the service's own have left, and says whether that is certain. If not, another transaction may have
     * inserted the row that was not found, with a lower version: who asks once more finds it then.
     */
    boolean addFound(PrimaryRows rows, PrimaryRows.Written found) throws SQLException {
        return tell(rows, found, image -> image.isDeleted() ? ofNoRow() : KeyLock.SHARED) != KeyLock.ALONE;
    }

    private KeyLock ofNoRow() throws SQLException {
        if (!dialect.waitsForUnseenRows() && connection.getTransactionIsolation() > TRANSACTION_READ_COMMITTED) {
            throw new SQLFeatureNotSupportedException(
                    "changed: found no row, and a transaction that does not see what was committed since it began,"
                            + " expected READ COMMITTED, or delete(key)",
                    "0A000");
        }
        return KeyLock.ALONE;
    }

    /** Says under which lock of the key an event was left. */
    private KeyLock tell(PrimaryRows rows, PrimaryRows.Written written, Locks locks) throws SQLException {
        asked = true;
        try {
            Image image = written.image();
            if (!captures()) {
                return KeyLock.NONE;
            }
            KeyLock lock = locks.of(image);
            events.add(append(rows.name(connection, image.shared()), image, lock));
            return lock;
        } catch (SQLException e) {
            failed = e;
            throw e;
        } catch (RuntimeException | Error e) {
            failed = new SQLException("a row was written, and what it leaves for the other store was not: " + e, e);
            throw e;
        }
    }

    private Event append(String key, Image image, KeyLock lock) throws SQLException {
        // Where the service may go back to a savepoint, what is gone may be the statement that held the fact.
        return shared || events.isEmpty()
                ? outbox.append(connection, dialect, key, image, lock, fence)
                : outbox.append(connection, dialect, key, image, lock);
    }

    /** Tells that the service gets the connection. */
    void share() {
        shared = true;
    }

    /** Tells of a write that is not captured, or found no row. */
    void asked() {
        asked = true;
    }

    /**
     * Tells of a statement that failed, should the service go on. A row that may not be there is not written, and nothing else is
     * undone but on PostgreSQL; of all other failures nobody knows what they left.
     */
    void failed(SQLException failure) {
        if (Faults.isOfIntegrity(failure)) {
            unsure = true;
        } else {
            failed = failure;
        }
    }

    /** Has the transaction, of which this is the first statement, see what is committed while it waits. */
    void readCommitted() throws SQLException {
        if (dialect == Dialect.POSTGRESQL && connection.getTransactionIsolation() > TRANSACTION_READ_COMMITTED) {
            Sql.readCommitted(connection);
        }
    }

    /** Waits until all are over that have drawn a version, and keeps others from it until this transaction ends. */
    void alone() throws SQLException {
        fence.holdAlone(connection, dialect);
    }

    /**
     * To be called last in the transaction.
     *
     * @throws FencedException if it is to be run again
     * @throws SQLException if it must not commit
     */
    void beforeCommit() throws SQLException {
        if (failed != null) {
            throw failed;
        }
        if (shared) {
            // Others may be gone to a savepoint of the service, or with what MariaDB takes back after a deadlock.
            events.retainAll(new HashSet<>(outbox.standing(connection, events)));
        }
        if (unsure || (asked && events.isEmpty())) {
            fence.hold(connection, dialect);
        }
    }

    /** The events that stand, once {@link #beforeCommit} was called. */
    List<Event> committed() {
        return events;
    }
}
