package io.grayrelease.data;

import java.sql.SQLException;
import javax.sql.DataSource;

import io.grayrelease.policy.model.DataPhase;

/** Rows of any table, which tests write and read as they are; those that are read by one column, id. */
record RowsAsTheyAre(Table table) implements RowMapper<String, Row> {
    /** Starts a service without steward in a phase of the old store, which becomes fact; the migration has the table's name. */
    Migration<String, Row> started(Database old, DataSource source, Database ofNew, DataPhase phase)
            throws SQLException {
        TwoStores.fact(old, table.oldName(), phase);
        return Migration.of(table.oldName(), source, ofNew.source(), this)
                .phase(() -> phase)
                .withoutSteward()
                .start();
    }

    @Override
    public Row key(String key) {
        return Row.of("id", key);
    }

    @Override
    public Row row(Row row) {
        return row;
    }

    @Override
    public Row record(Row row) {
        return row;
    }
}
