package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;

/** The part that a tool takes in copies and comparisons; it brings no events over, which the services do. Thread-safe. */
final class ToolJobs {
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

    private final Facts facts;
    private final Direction forward;
    private final Direction back;
    private final Writes<Row, Row> writes;
    private final Copying copying;
    private final Comparing comparing;

    ToolJobs(String migration, Store old, Store ofNew, Table table, Facts facts) {
        RowMapper<Row, Row> mapper = new PlainRows(table);
        MigrationBuilder<Row, Row> settings = Migration.of(migration, old.source(), ofNew.source(), mapper);
        Counts counts = new Counts();
        this.facts = facts;
        this.forward = new Direction(settings, Route.toNew(migration), old, ofNew, counts);
        this.back = new Direction(settings, Route.toOld(migration), ofNew, old, counts);
        this.writes = new Writes<>(mapper, facts, WRITE_LIMIT, counts);
        this.copying = new Copying(forward, table, facts::look);
        this.comparing =
                new Comparing(settings, table, old, ofNew, new FactOrdering(facts), Repairs.by(this::write), counts);
    }

    Copy copy(CopySettings settings) throws SQLException {
        return copying.begin(facts.look(), settings, Copier.Steps.NONE);
    }

    /** Both stores must answer now; a service would wait for them. */
    Compare compare(CompareSettings settings) throws SQLException {
        Fact fact = facts.look();
        comparing.pair();
        return comparing.compare(fact, settings, CompareSteps.NONE);
    }

    private void write(Tx.Work<Row, Row> work) throws SQLException {
        writes.run(work, facts.look(), fact -> fact.newIsPrimary() ? back : forward);
    }

    /** Of the services' records nothing is known here, and nothing needs to be. */
    private static final class PlainRows implements RowMapper<Row, Row> {
        private final Table table;

        PlainRows(Table table) {
            this.table = table;
        }

        @Override
        public Table table() {
            return table;
        }

        @Override
        public Row key(Row key) {
            return key;
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
}
