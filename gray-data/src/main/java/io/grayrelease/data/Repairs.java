package io.grayrelease.data;

import java.sql.SQLException;

/** How a row that differs is brought over again. Thread-safe. */
interface Repairs {
    /** Leaves an event of the row as the primary store has it, or of its absence; never writes to the other store itself. */
    void refresh(RowKey key) throws SQLException;

    /** How the caller writes in the primary. */
    interface Writing<K, R> {
        void write(Tx.Work<K, R> work) throws SQLException;
    }

    /** By writes of a migration; a row that is not there takes one more, for it has no lock. */
    static <K, R> Repairs by(Writing<K, R> primary) {
        return key -> {
            boolean[] present = new boolean[1];
            primary.write(tx -> present[0] = tx.refresh(key.values()));
            if (!present[0]) {
                primary.write(tx -> tx.refreshAlone(key.values()));
            }
        };
    }
}
