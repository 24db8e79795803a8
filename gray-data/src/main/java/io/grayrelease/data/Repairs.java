package io.grayrelease.data;

import java.sql.SQLException;

/** How a row that differs is brought over again. Thread-safe. */
interface Repairs {
    /** Leaves an event of the row as the primary store has it, or of its absence; never writes to the other store itself. */
    void refresh(RowKey key) throws SQLException;
}
