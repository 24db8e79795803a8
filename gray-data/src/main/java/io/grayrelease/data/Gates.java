package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

import io.grayrelease.policy.model.DataPhase;

/** What must hold before a step is taken; read from the databases alone. */
final class Gates {
    private static final long MOST_LAG_MILLIS = 1_000;

    /** What must hold in the new store; says why it does not, or nothing. */
    interface Gate {
        List<String> shut(Connection ofNew) throws SQLException;
    }

    private final String migration;
    private final DataSource old;
    private final DataSource ofNew;
    private final Gate copy;
    private final Gate compare;

    static Gates of(String migration, DataSource old, DataSource ofNew) {
        return new Gates(
                migration,
                old,
                ofNew,
                connection -> new CopyTable(migration).read(connection).done
                        ? Collections.emptyList()
                        : Collections.singletonList("the copy is not done"),
                connection -> Collections.emptyList());
    }

    /** @param compare whether the last comparison found the stores equal */
    Gates(String migration, DataSource old, DataSource ofNew, Gate copy, Gate compare) {
        this.migration = migration;
        this.old = old;
        this.ofNew = ofNew;
        this.copy = copy;
        this.compare = compare;
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
                    reasons.addAll(Sql.own(ofNew, copy::shut));
                }
                break;
            case NEW_PRIMARY:
                if (forward) {
                    reasons.addAll(Sql.own(ofNew, copy::shut));
                    reasons.addAll(Sql.own(ofNew, compare::shut));
                    behind(old, ofNew, reasons);
                } else {
                    behind(ofNew, old, reasons);
                }
                break;
            default:
                reasons.addAll(Sql.own(ofNew, compare::shut));
                behind(ofNew, old, reasons);
                break;
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
