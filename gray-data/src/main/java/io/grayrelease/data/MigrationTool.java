package io.grayrelease.data;

import java.sql.SQLException;
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
        this.claims = new Claims(name, JobKind.COPY, oldStore, table, ofNew);
        this.reports = new CompareReports(name, ofNew);
        this.jobs = new ToolJobs(name, oldStore, newStore, table, facts);
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

    /**
     * Looks whether both stores answer, and have the tables of the migration.
     *
     * @throws SQLException saying which one does not, and why
     * @throws IllegalArgumentException if they are one database, or a column is of a type that does not travel
     */
    public void reach() throws SQLException {
        TwoPlaces.check(place(StoreFault.OLD, old), place(StoreFault.NEW, ofNew));
        reach(StoreFault.OLD, Store.old(old, table));
        reach(StoreFault.NEW, Store.ofNew(ofNew, table));
    }

    private static List<@Nullable String> place(String name, DataSource store) throws SQLException {
        return named(name, store, Store::place);
    }

    private static void reach(String name, Store store) throws SQLException {
        Dialect unused = named(name, store.source(), connection -> {
            GrayTables.check(connection);
            return store.dialect(connection);
        });
    }

    private static <T> T named(String name, DataSource store, Sql.Work<T> work) throws SQLException {
        try {
            return Sql.one(store, work);
        } catch (SQLException e) {
            // Without the cause: these are its words, and who looks for others there finds fewer.
            throw new SQLException(StoreFault.words(name, e), e.getSQLState());
        }
    }

    /** The table, as the services declare it. */
    Table table() {
        return table;
    }

    /**
     * Where the migration is, as {@link MigrationLook} sees it.
     *
     * @throws SQLException if no store tells it
     * @throws IllegalArgumentException if both are one database
     */
    public MigrationStatus status() throws SQLException {
        return MigrationLook.of(name, old, ofNew).status();
    }

    /**
     * The phase that is the fact.
     *
     * @throws SQLException if a store is away whose word is needed
     */
    public DataPhase phase() throws SQLException {
        return facts.look().phase();
    }

    /**
     * Takes part in the copy, or begins it, as {@link Migration#copy} does.
     *
     * @throws IllegalStateException in a phase in which nothing is copied
     */
    public Copy copy(CopySettings settings) throws SQLException {
        return jobs.copy(settings);
    }

    /**
     * How many events a row's fault keeps out of the store that is not primary.
     *
     * @throws SQLException if a store is away whose word is needed
     */
    public int deadLetters() throws SQLException {
        return new DeadLetters(name, facts.look().newIsPrimary() ? old : ofNew).count();
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
}
