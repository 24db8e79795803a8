package io.grayrelease.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final ToolJobs jobs;

    private MigrationTool(String name, DataSource old, DataSource ofNew, Table table) {
        this.name = name;
        this.old = old;
        this.ofNew = ofNew;
        this.table = table;
        Store oldStore = Store.old(old, table);
        Store newStore = Store.ofNew(ofNew, table);
        this.facts = new Facts(name, oldStore, newStore);
        this.gates = new Gates(name, oldStore, newStore, table);
        this.claims = new Claims(name, JobKind.COPY, oldStore, table, ofNew);
        this.reports = new CompareReports(name, newStore);
        this.jobs = new ToolJobs(name, oldStore, newStore, table, facts);
    }

    /** The migrations that an old store knows: those whose services have run at least once. */
    public static List<String> names(DataSource old) throws SQLException {
        return Sql.own(old, TableTable::names);
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
        status.shut = next == null ? noWay(fact, status.processes) : gates.shut(fact, next);
        return status.build();
    }

    /** What the other store says, which may be away. */
    private void ofOther(Fact fact, MigrationStatus.Builder status) {
        try {
            status.deadLetters = new DeadLetters(name, fact.newIsPrimary() ? old : ofNew).count();
            status.copy = CopyProgress.of(claims.job());
            status.compare = reports.report();
        } catch (SQLException e) {
            status.away = StoreFault.words(e);
        }
    }

    /**
     * The phase that is the fact.
     *
     * @throws SQLException if a store is away whose word is needed
     */
    public DataPhase phase() throws SQLException {
        return facts.look().phase();
    }

    /** What must hold before a step from the fact is taken, and whether it does. */
    public List<Gate> gates(DataPhase next) throws SQLException {
        return gates.all(facts.look(), next);
    }

    /** How many dead letters there are by reason, the most frequent first. */
    public Map<String, Integer> deadLetters(int mostReasons) throws SQLException {
        DataSource other = facts.look().newIsPrimary() ? old : ofNew;
        return new DeadLetters(name, other).reasons(mostReasons);
    }

    /**
     * Takes part in the copy, or begins it, as {@link Migration#copy} does.
     *
     * @throws IllegalStateException in a phase in which nothing is copied
     */
    public Copy copy(CopySettings settings) throws SQLException {
        return jobs.copy(settings);
    }

    /** How far the copy of all processes is. */
    public CopyProgress copyProgress() throws SQLException {
        return CopyProgress.of(claims.job());
    }

    /**
     * Begins a comparison or takes part in it, as {@link Migration#compare} does. Repairs are events, which the services bring over.
     *
     * @throws IllegalStateException in a phase in which writes are not captured
     */
    public Compare compare(CompareSettings settings) throws SQLException {
        return jobs.compare(settings);
    }

    /** How far the comparison of all processes is. */
    public CompareProgress compareProgress() throws SQLException {
        return reports.progress();
    }

    /** What the latest comparison found. */
    public CompareReport compared() throws SQLException {
        return reports.report();
    }

    /** After the last phase, the wishes that nobody can follow. */
    private static List<String> noWay(Fact fact, List<ProcessStatus> processes) {
        List<String> reasons = new ArrayList<>();
        for (ProcessStatus process : processes) {
            if (process.isAlive() && process.hasNoWay(fact)) {
                reasons.add("there is no way back from " + fact.phase() + ": " + process);
            }
        }
        return reasons;
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
