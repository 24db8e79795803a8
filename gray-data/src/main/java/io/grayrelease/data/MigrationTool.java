package io.grayrelease.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

/** What people ask of a migration, from outside its services: by its databases alone. Thread-safe. */
public final class MigrationTool {
    private final String name;
    private final DataSource old;
    private final DataSource ofNew;
    private final Table table;
    private final Facts facts;
    private final Gates gates;
    private final Claims claims;
    private final CompareReports reports;

    private MigrationTool(String name, DataSource old, DataSource ofNew, Table table) {
        this.name = name;
        this.old = old;
        this.ofNew = ofNew;
        this.table = table;
        Store oldStore = Store.old(old, table);
        Store newStore = Store.ofNew(ofNew, table);
        this.facts = new Facts(name, oldStore, newStore);
        this.gates = new Gates(name, oldStore, newStore);
        this.claims = new Claims(name, JobKind.COPY, oldStore, table, ofNew);
        this.reports = new CompareReports(name, newStore);
    }

    /**
     * Opens a migration whose services have run at least once.
     *
     * @throws SQLException if the old store is away, or no service has left its table there
     */
    public static MigrationTool open(String name, DataSource old, DataSource ofNew) throws SQLException {
        Table table = Sql.own(old, new TableTable(name)::read);
        return new MigrationTool(name, old, ofNew, table);
    }

    /** The table, as the services declare it. */
    Table table() {
        return table;
    }

    /**
     * Where the migration is.
     *
     * @throws SQLException if a store is away whose word is needed
     */
    public MigrationStatus status() throws SQLException {
        Fact fact = facts.look();
        MigrationStatus.Builder status = new MigrationStatus.Builder(name, fact);
        status.processes = Sql.own(old, connection -> new ProcessTable(name).read(connection, Dialect.of(connection)));
        status.pause = Sql.own(primary(fact), new StateTable(name)::pause);
        status.backlog = Sql.own(primary(fact), new Outbox(name)::backlog);
        ofOther(fact, status);
        DataPhase next = next(fact, status.processes);
        status.next = next;
        status.shut = next == null ? Collections.emptyList() : gates.shut(fact, next);
        return status.build();
    }

    /** What the other store says, which may be away. */
    private void ofOther(Fact fact, MigrationStatus.Builder status) {
        try {
            status.deadLetters = new DeadLetters(name, fact.newIsPrimary() ? old : ofNew).count();
            status.copy = CopyProgress.of(claims.job());
            status.compare = reports.report();
        } catch (SQLException e) {
            status.away = e.getMessage();
        }
    }

    private DataSource primary(Fact fact) {
        return fact.newIsPrimary() ? ofNew : old;
    }

    /** Where the processes want to go, else where one would go next. */
    private static @Nullable DataPhase next(Fact fact, List<ProcessStatus> processes) {
        List<DataPhase> steps = new ArrayList<>();
        for (ProcessStatus process : processes) {
            DataPhase step = process.isAlive() ? process.next(fact) : null;
            if (step != null) {
                steps.add(step);
            }
        }
        if (!steps.isEmpty()) {
            return steps.get(0);
        }
        return fact.phase().next().isEmpty() ? null : fact.phase().next().get(0);
    }
}
