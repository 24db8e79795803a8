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
    private final CompareReports reports;

    Gates(String migration, Store old, Store ofNew) {
        this.migration = migration;
        this.old = old.source();
        this.ofNew = ofNew.source();
        this.reports = new CompareReports(migration, ofNew);
    }

    /** The reasons why a step is not taken now; none if it may be. */
    List<String> shut(Fact fact, DataPhase next) {
        List<String> reasons = new ArrayList<>();
        try {
            processes(fact, reasons);
        } catch (SQLException e) {
            reasons.add("the old store does not answer: " + e.getMessage());
            return reasons;
        }
        try {
            step(fact.phase(), next, reasons);
        } catch (SQLException e) {
            reasons.add("a store does not answer: " + e.getMessage());
        }
        return reasons;
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
            String other = String.valueOf(process.wish());
            if (wish != null && !wish.equals(other)) {
                reasons.add("not all processes have the same wish: " + process);
            }
            wish = other;
        }
    }

    private void step(DataPhase from, DataPhase next, List<String> reasons) throws SQLException {
        boolean forward = next.compareTo(from) > 0;
        switch (forward ? next : from) {
            case CAPTURE:
                if (forward) {
                    Sql.own(ofNew, connection -> true);
                }
                break;
            case GRAY_READ:
                if (forward) {
                    copied(reasons);
                }
                break;
            case NEW_PRIMARY:
                if (forward) {
                    compared(copied(reasons), "the copy ended", reasons);
                    behind(old, ofNew, reasons);
                } else {
                    behind(ofNew, old, reasons);
                }
                break;
            default:
                compared(Sql.own(ofNew, new StateTable(migration)::openSince), "the switch", reasons);
                behind(ofNew, old, reasons);
                break;
        }
    }

    /** When the copy ended, by the new store's clock; 0 if it did not. */
    private long copied(List<String> reasons) throws SQLException {
        CopyProgress copy = CopyProgress.of(copy());
        if (!copy.isDone()) {
            reasons.add("the copy is not done: " + copy);
        }
        Job job = copy();
        return job == null ? 0 : job.finishedMillis;
    }

    private @Nullable Job copy() throws SQLException {
        return Sql.own(ofNew, connection -> Optional.ofNullable(new JobTable(migration, JobKind.COPY).read(connection)))
                .orElse(null);
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

    private void behind(DataSource from, DataSource to, List<String> reasons) throws SQLException {
        Backlog backlog = Sql.own(from, new Outbox(migration)::backlog);
        if (backlog.age().toMillis() > MOST_LAG_MILLIS) {
            reasons.add("events wait: found " + backlog + ", expected none of more than " + MOST_LAG_MILLIS + " ms");
        }
        int dead = new DeadLetters(migration, to).count();
        if (dead > 0) {
            reasons.add("found " + dead + " dead letters, expected none");
        }
    }
}
