package io.grayrelease.benchmarks.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The dual write that is found in services: the old store's transaction, and after it the same in the new one. If that fails, the
 * write has been answered for by the old store, and it is logged.
 */
record NaiveWriter(ItemWriter old, DataSource ofNew, ItemStatements statements, AtomicLong failed)
        implements ItemWriter {
    @Override
    public Outcome upsert(Item item) throws SQLException {
        Outcome outcome = old.upsert(item);
        second(connection -> statements.upsert(connection, item));
        return outcome;
    }

    @Override
    public Outcome delete(long id) throws SQLException {
        Outcome outcome = old.delete(id);
        second(connection -> statements.delete(connection, id));
        return outcome;
    }

    private interface Write {
        void on(Connection connection) throws SQLException;
    }

    private void second(Write write) {
        try (Connection connection = ofNew.getConnection()) {
            write.on(connection);
        } catch (SQLException e) {
            failed.incrementAndGet();
        }
    }
}
