package io.grayrelease.benchmarks.data;

import java.sql.SQLException;

import io.grayrelease.data.Migration;

/** Through a migration. */
record GrayWriter(Migration<Long, Item> migration) implements ItemWriter {
    @Override
    public Outcome upsert(Item item) throws SQLException {
        Outcome[] outcome = {Outcome.UPDATED};
        migration.write(tx -> {
            boolean found = tx.update(item);
            if (!found) {
                tx.insert(item);
            }
            outcome[0] = found ? Outcome.UPDATED : Outcome.INSERTED;
        });
        return outcome[0];
    }

    @Override
    public Outcome delete(long id) throws SQLException {
        Outcome[] outcome = {Outcome.NOTHING};
        migration.write(tx -> outcome[0] = tx.delete(id) ? Outcome.DELETED : Outcome.NOTHING);
        return outcome[0];
    }

    @Override
    public void close() {
        migration.close();
    }
}
