package io.grayrelease.benchmarks.data;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Both stores in two transactions of which the second is committed within the first: the old one is not written without the new. */
record DualCommitWriter(DataSource old, ItemStatements statements, DataSource ofNew, ItemStatements statementsOfNew)
        implements ItemWriter {
    @Override
    public Outcome upsert(Item item) throws SQLException {
        return ItemStatements.transaction(old, connection -> {
            Outcome outcome = statements.updateOrInsert(connection, item);
            ItemStatements.transaction(ofNew, second -> statementsOfNew.updateOrInsert(second, item));
            return outcome;
        });
    }

    @Override
    public Outcome delete(long id) throws SQLException {
        return ItemStatements.transaction(old, connection -> {
            Outcome outcome = statements.delete(connection, id);
            ItemStatements.transaction(ofNew, second -> statementsOfNew.delete(second, id));
            return outcome;
        });
    }
}
