package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/** What must hold before a step is taken; read from the databases alone. */
final class Gates {
    private static final long MOST_LAG_MILLIS = 1_000;

    private final String migration;
    private final DataSource old;
    private final DataSource ofNew;
    private final TwoPlaces places;
    private final NewTable newTable;
    private final Undeclared undeclared;
    private final CompareReports reports;

    Gates(String migration, Store old, Store ofNew, Table table) {
        this.migration = migration;
        this.old = old.source();
        this.ofNew = ofNew.source();
        this.places = new TwoPlaces(old, ofNew);
        this.newTable = new NewTable(migration, ofNew);
        this.undeclared = new Undeclared(old, table);
        this.reports = new CompareReports(migration, ofNew);
    }

    /** The reasons why a step is not taken now; none if it may be. */
    List<String> shut(Fact fact, DataPhase next) {
        List<String> reasons = new ArrayList<>();
        all(fact, next).forEach(gate -> reasons.addAll(gate.reasons()));
        return reasons;
    }

    /** All that must hold for a step, and whether it does. */
    List<Gate> all(Fact fact, DataPhase next) {
        List<Gate> gates = new ArrayList<>();
        gates.add(gate("all processes know the same", reasons -> processes(fact, reasons)));
        boolean forward = next.compareTo(fact.phase()) > 0;
        switch (forward ? next : fact.phase()) {
            case CAPTURE:
                if (forward) {
                    gates.add(gate("the new table is empty, or ours", this::newTable));
                    gates.add(gate("every column is declared", undeclared::columns));
                }
                break;
            case GRAY_READ:
                if (forward) {
                    gates.add(gate("the copy is done", this::copied));
                }
                break;
            case NEW_PRIMARY:
                if (forward) {
                    gates.add(gate("the copy is done", this::copied));
                    gates.add(
                            gate("a comparison is clean", reasons -> compared(copiedAt(), "the copy ended", reasons)));
                }
                behind(forward ? old : ofNew, forward ? ofNew : old, gates);
                break;
            default:
                gates.add(gate("a comparison is clean", this::comparedSinceSwitch));
                behind(ofNew, old, gates);
                break;
        }
        return gates;
    }

    /** Adds the reasons why something does not hold. */
    private interface Check {
        void look(List<String> reasons) throws SQLException;
    }

    private static Gate gate(String name, Check check) {
        List<String> reasons = new ArrayList<>();
        try {
            check.look(reasons);
        } catch (SQLException e) {
            reasons.add(StoreFault.words(e));
        }
        return new Gate(name, reasons);
    }

    /** Both in one gate: who does not answer is told, and waited for, once. */
    private void newTable(List<String> reasons) throws SQLException {
        places.areOne(reasons);
        newTable.foreignRows(reasons);
    }

    private void processes(Fact fact, List<String> reasons) throws SQLException {
        List<ProcessStatus> processes =
                Sql.own(old, connection -> new ProcessTable(migration).read(connection, Dialect.of(connection)));
        String wish = null;
        for (ProcessStatus process : processes) {
            if (!process.isAlive()) {
                continue;
            }
            if (process.epoch() != fact.epoch()
                    || !process.phase().equals(fact.phase().name())) {
                reasons.add("not all processes know the fact: " + process);
            }
            if (Readiness.NOT_READY.equals(process.wish())) {
                reasons.add("a process lacks what the step needs, as its log says: " + process);
                continue;
            }
            String other = String.valueOf(process.wish());
            if (wish != null && !wish.equals(other)) {
                reasons.add("not all processes have the same wish: " + process);
            }
            wish = other;
        }
    }

    private void copied(List<String> reasons) throws SQLException {
        CopyProgress copy = CopyProgress.of(copy());
        if (!copy.isDone()) {
            reasons.add("the copy is not done: " + copy);
        }
    }

    /** When the copy ended, by the new store's clock; 0 if it did not. */
    private long copiedAt() throws SQLException {
        Job job = copy();
        return job == null ? 0 : job.finishedMillis;
    }

    private @Nullable Job copy() throws SQLException {
        return Sql.own(ofNew, connection -> Optional.ofNullable(new JobTable(migration, JobKind.COPY).read(connection)))
                .orElse(null);
    }

    private void comparedSinceSwitch(List<String> reasons) throws SQLException {
        compared(Sql.own(ofNew, new StateTable(migration)::openSince), "the switch", reasons);
    }

    private void compared(long sinceMillis, String since, List<String> reasons) throws SQLException {
        CompareReport report = reports.report();
        long began = report.began().map(Instant::toEpochMilli).orElse(0L);
        if (report.run() == 0 || began < sinceMillis) {
            reasons.add("no comparison has begun since " + since);
        } else if (!report.isClean()) {
            reasons.add("the last comparison is not clean: " + report);
        }
    }

    private void behind(DataSource from, DataSource to, List<Gate> gates) {
        gates.add(gate("no event waits long", reasons -> waiting(from, reasons)));
        gates.add(gate("no dead letters", reasons -> dead(to, reasons)));
    }

    private void waiting(DataSource from, List<String> reasons) throws SQLException {
        Backlog backlog = Sql.own(from, new Outbox(migration)::backlog);
        if (backlog.age().toMillis() > MOST_LAG_MILLIS) {
            reasons.add("events wait: found " + backlog + ", expected none of more than " + MOST_LAG_MILLIS + " ms");
        }
    }

    private void dead(DataSource to, List<String> reasons) throws SQLException {
        int dead = new DeadLetters(migration, to).count();
        if (dead > 0) {
            reasons.add("found " + dead + " dead letters, expected none");
        }
    }
}
