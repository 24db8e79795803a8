package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

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
    private boolean asked;
    private @Nullable FencedException fenced;

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

    /** Tells of a write, whose row is locked. */
    void add(String key, Image image) throws SQLException {
        asked = true;
        if (!captures()) {
            return;
        }
        try {
            events.add(
                    events.isEmpty()
                            ? outbox.append(connection, dialect, key, image, fence)
                            : outbox.append(connection, key, image));
        } catch (FencedException e) {
            // The service may catch it; it must not commit.
            fenced = e;
            throw e;
        }
    }

    /** Tells of a write that is not captured, or found no row. */
    void asked() {
        asked = true;
    }

    /** Waits until all are over that have drawn a version, and keeps others from it until this transaction ends. */
    void alone() throws SQLException {
        fence.holdAlone(connection, dialect);
    }

    /**
     * To be called last in the transaction.
     *
     * @throws FencedException if it must not commit
     */
    void beforeCommit() throws SQLException {
        if (fenced != null) {
            throw fenced;
        }
        if (asked && events.isEmpty()) {
            fence.hold(connection, dialect);
        }
    }

    List<Event> committed() {
        return events;
    }
}
