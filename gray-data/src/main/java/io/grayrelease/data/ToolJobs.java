package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;

/** The part that a tool takes in copies and comparisons; it brings no events over, which the services do. Thread-safe. */
final class ToolJobs {
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

    private final String migration;
    private final Store old;
    private final Store ofNew;
    private final Table table;
    private final Facts facts;
    private final CompareReports reports;
    private final Direction forward;
    private final Direction back;
    private final Writes<Row, Row> writes;

    ToolJobs(String migration, Store old, Store ofNew, Table table, Facts facts) {
        RowMapper<Row, Row> mapper = new PlainRows(table);
        MigrationBuilder<Row, Row> settings = Migration.of(migration, old.source(), ofNew.source(), mapper);
        Counts counts = new Counts();
        this.migration = migration;
        this.old = old;
        this.ofNew = ofNew;
        this.table = table;
        this.facts = facts;
        this.reports = new CompareReports(migration, ofNew);
        this.forward = new Direction(settings, Route.toNew(migration), old, ofNew, counts);
        this.back = new Direction(settings, Route.toOld(migration), ofNew, old, counts);
        this.writes = new Writes<>(mapper, facts, WRITE_LIMIT);
    }

    Copy copy(CopySettings settings) throws SQLException {
        Fact fact = facts.look();
        if (!isCopied(fact)) {
            throw new IllegalStateException("phase: found " + fact.phase() + ", expected CAPTURE or GRAY_READ");
        }
        Copier copier = new Copier(migration, old, ofNew, table, forward.applier(), Copier.Steps.NONE);
        Copy copy = new Copy(migration, copier, settings, new Situation());
        copy.start();
        return copy;
    }

    private static boolean isCopied(Fact fact) {
        return fact.captures() && !fact.newIsPrimary();
    }

    private final class Situation implements Copy.Situation {
        @Override
        public boolean captures() {
            try {
                return isCopied(facts.look());
            } catch (SQLException e) {
                // It is not known to be otherwise.
                return true;
            }
        }

        @Override
        public int eventsWaiting() throws SQLException {
            return Sql.own(old.source(), forward.outbox()::backlog).events();
        }
    }

    Compare compare(CompareSettings settings) throws SQLException {
        Fact fact = facts.look();
        if (!fact.captures()) {
            throw new IllegalStateException(
                    "phase: found " + fact.phase() + ", expected CAPTURE, GRAY_READ or NEW_PRIMARY");
        }
        ComparedPair pair = ComparedPair.of(table, old, ofNew);
        RowCheck check = new RowCheck(migration, pair.old, pair.ofNew, new FactOrdering(facts), CompareSteps.NONE);
        Compare.Opening opening = (same, pool, stop) -> new Comparer(
                migration, old, ofNew, table, pair, check, same, CompareSteps.NONE, this::refresh, pool, stop);
        Compare compare = new Compare(migration, reports, opening, settings);
        compare.start();
        return compare;
    }

    private void refresh(RowKey key) throws SQLException {
        boolean[] present = new boolean[1];
        write(tx -> present[0] = tx.refresh(key.values()));
        if (!present[0]) {
            write(tx -> tx.refreshAlone(key.values()));
        }
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
