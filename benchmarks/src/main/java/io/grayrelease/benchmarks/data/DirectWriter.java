package io.grayrelease.benchmarks.data;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Without a migration: the old store alone. */
record DirectWriter(DataSource old, ItemStatements statements) implements ItemWriter {
    @Override
    public Outcome upsert(Item item) throws SQLException {
        return ItemStatements.transaction(old, connection -> statements.updateOrInsert(connection, item));
    }

    @Override
    public Outcome delete(long id) throws SQLException {
        return ItemStatements.transaction(old, connection -> statements.delete(connection, id));
    }
}
