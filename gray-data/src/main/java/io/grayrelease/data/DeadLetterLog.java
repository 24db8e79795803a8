package io.grayrelease.data;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of new dead letters of a store: of many, one in ten seconds, for a whole table may be refused. Thread-safe. */
final class DeadLetterLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);

    private final String migration;
    private final Store store;
    private final Rarely rarely = new Rarely();
    private final AtomicInteger untold = new AtomicInteger();

    DeadLetterLog(String migration, Store store) {
        this.migration = migration;
        this.store = store;
    }

    /** The database's words are in gray_dead only: they may hold what is in the row. */
    void tell(Event event, SQLException fault) {
        if (!rarely.isTime()) {
            untold.incrementAndGet();
            return;
        }
        LOG.warn(
                "gray: {}: dead letter of {} in {}: {}: SQLSTATE {}, its words are in gray_dead.reason there; and {} others"
                        + " since the last one that was told",
                migration,
                store.table(),
                store.name(),
                event,
                fault.getSQLState(),
                untold.getAndSet(0));
    }
}
