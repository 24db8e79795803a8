package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.grayrelease.policy.model.DataPhase;

/**
 * One table in two stores while a release is gray. The phase says which store orders the writes; what is written there reaches
 * the other one, whatever fails in between. Thread-safe.
 *
 * @param <K> what a record is found by
 * @param <R> a record
 */
public final class Migration<K, R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    private final MigrationBuilder<K, R> settings;
    private final Table table;
    private final Store old;
    private final Store ofNew;
    private final Wish wish;
    private final Facts facts;
    private final Direction forward;
    private final Direction back;
    private final Writes<K, R> writes;
    private final Steward steward;
    private final Comparing comparing;
    private final Copying copying;
    private final Counts counts = new Counts();
    private final Samples samples;
    private Runnable hide = () -> {};
    private final List<Copy> copies = new CopyOnWriteArrayList<>();

    Migration(MigrationBuilder<K, R> settings) {
        this.settings = settings;
        this.table = settings.mapper.table();
        this.old = Store.old(settings.old, table);
        this.ofNew = Store.ofNew(settings.ofNew, table);
        this.wish = settings.wish();
        this.facts = new Facts(settings.name, old, ofNew);
        this.forward = new Direction(settings, Route.toNew(settings.name), old, ofNew, counts);
        this.back = new Direction(settings, Route.toOld(settings.name), ofNew, old, counts);
        this.writes = new Writes<>(settings.mapper, facts, settings.switchLimit, counts);
        this.steward = new Steward(settings, wish, facts, forward, back);
        this.comparing =
                new Comparing(settings, table, old, ofNew, new FactOrdering(facts), Repairs.by(this::write), counts);
        this.copying = new Copying(forward, table, this::fact);
        this.samples = new Samples(
                settings.name,
                settings.samplesEvery,
                this::backlog,
                this::deadLetters,
                this::copyProgress,
                comparing.reports()::progress);
    }

    /** Begins to describe a migration; its name is the same in all services and in the policy. */
    public static <K, R> MigrationBuilder<K, R> of(
            String name, DataSource old, DataSource ofNew, RowMapper<K, R> mapper) {
        return new MigrationBuilder<>(name, old, ofNew, mapper);
    }

    void start() throws SQLException {
        if (settings.isWithoutWish()) {
            LOG.warn(
                    "gray: {}: nobody says which phase is wanted, so it stays in OLD_ONLY, or goes back there: {}",
                    this,
                    Steward.NO_WISH);
        }
        // Both are looked at before one is written to: they might be one.
        SQLException oldAway = tried(old, () -> facts.check(old));
        SQLException newAway = tried(ofNew, () -> facts.prepare(ofNew));
        if (oldAway == null) {
            oldAway = tried(old, () -> facts.prepare(old));
        }
        if (oldAway != null && (newAway != null || !isNewPrimary())) {
            throw new SQLException(
                    this + ": the old store: " + oldAway.getMessage(),
                    oldAway.getSQLState(),
                    oldAway.getErrorCode(),
                    oldAway);
        }
        Fact fact = fact();
        register();
        if (fact.epoch() > 1) {
            back.start();
        }
        if (fact.phase() != DataPhase.NEW_ONLY) {
            forward.start();
        }
        comparing.start();
        if (settings.steward) {
            steward.start();
        }
        hide = MetricsIfPresent.show(this);
        LOG.info("gray: {} is active: {}, {}; wish {}, fact {}", this, old, ofNew, wish.phase(), fact);
    }

    private boolean isNewPrimary() {
        try {
            return fact().newIsPrimary();
        } catch (SQLException e) {
            LOG.debug("gray: what the old store would say is told instead", e);
            return false;
        }
    }

    private interface Look {
        void at() throws SQLException;
    }

    /** Null if the store has what it needs; a store that is not primary may be away, and its events wait. */
    private @Nullable SQLException tried(Store store, Look look) {
        try {
            look.at();
            return null;
        } catch (SQLException e) {
            LOG.warn("gray: {}: {} is away or not ready: {}", this, store.name(), FaultWords.of(e));
            return e;
        }
    }

    /** Leaves the table for tools; where the old store is away and not needed, another start does it. */
    private void register() {
        try {
            Sql.own(old.source(), connection -> {
                new TableTable(settings.name).put(connection, table);
                return true;
            });
        } catch (SQLException e) {
            LOG.warn("gray: {}: tools do not see the table in the old store: {}", this, FaultWords.of(e));
        }
    }

    /** Takes a step now, whatever the gates say; only for tests. */
    void step(DataPhase next) throws SQLException {
        steward.step(facts.look(), next);
    }

    /** Where the wish is another one, it looks, and its steward goes to work. */
    private Fact fact() throws SQLException {
        DataPhase wished = wish.phase();
        if (settings.steward && facts.isNews(wished)) {
            steward.wake();
        }
        return facts.known(wished);
    }

    private Direction direction(Fact fact) {
        if (!fact.newIsPrimary()) {
            return forward;
        }
        back.start();
        return back;
    }

    /**
     * Runs writes in a transaction of the primary store. While the primary is switched, it waits.
     *
     * @throws SQLException of the primary store, and then nothing is written; what is wrong elsewhere is not told here
     */
    public void write(Tx.Work<K, R> work) throws SQLException {
        Writes.Written written = writes.run(work, fact(), this::direction);
        if (written.events.isEmpty()) {
            return;
        }
        counts.captured.add(written.events.size());
        Direction direction = direction(written.fact);
        comparing.recent().written(written.events);
        // Who reads the new store reads what he wrote; before that nobody does, and nobody waits.
        if (written.fact.isGrayRead()) {
            direction.immediate().apply(written.events);
        }
        direction.wake();
    }

    /**
     * Where an engine tells of rows that others have written in the primary, from before the copy begins until they write no more.
     * The fence does not know them: they must have ended before the primary is switched.
     */
    public Capture<K> capture() {
        return keys -> {
            for (K key : keys) {
                // One by one: transactions that lock rows in the order of a log would wait for writers in a circle.
                write(tx -> tx.changedFirst(key));
            }
        };
    }

    /** The record of a key: of the new store for gray requests where the phase says so and it answers, else of the primary. */
    public Optional<R> read(K key) throws SQLException {
        Fact fact = fact();
        if (fact.captures()) {
            comparing.shadow().read(() -> Table.texts(table.key(), settings.mapper.key(key)));
        }
        if (fact.isGrayRead() && wish.readsNew()) {
            if (!forward.immediate().isBroken()) {
                try {
                    return read(ofNew, back.rows(), key);
                } catch (SQLException e) {
                    LOG.debug("gray: read from the old store instead", e);
                }
            }
            counts.readFallbacks.increment();
        }
        Direction direction = direction(fact);
        return read(direction.from(), direction.rows(), key);
    }

    private Optional<R> read(Store store, PrimaryRows rows, K key) throws SQLException {
        Map<String, @Nullable String> keyValues = Table.texts(table.key(), settings.mapper.key(key));
        try (Connection connection = store.source().getConnection()) {
            Map<String, @Nullable Object> values = rows.read(connection, keyValues);
            return values == null ? Optional.empty() : Optional.of(settings.mapper.record(whole(values)));
        }
    }

    /** What the old store does not have is what it keeps beside, or else defaults. */
    private Row whole(Map<String, @Nullable Object> values) {
        for (Map.Entry<String, @Nullable String> each : table.onlyNew().entrySet()) {
            Object found = values.getOrDefault(each.getKey(), each.getValue());
            if (found == null || found instanceof String) {
                values.put(each.getKey(), ofNew.value(each.getKey(), (String) found));
            }
        }
        return Row.of(values);
    }

    /**
     * Takes part in the copy of the old table into the new one, or begins it, once writes are captured; any number of processes share
     * it.
     *
     * @throws IllegalStateException in a phase in which they are not, or if the old store does not say in which it is
     */
    public Copy copy(CopySettings copySettings) {
        return copy(copySettings, Copier.Steps.NONE);
    }

    Copy copy(CopySettings copySettings, Copier.Steps steps) {
        Copy copy = copying.begin(look(), copySettings, steps);
        copies.add(copy);
        return copy;
    }

    /** How far the copy of all processes is, as the new store knows it. */
    public CopyProgress copyProgress() throws SQLException {
        return CopyProgress.of(new Claims(settings.name, JobKind.COPY, old, table, ofNew.source()).job());
    }

    private Fact look() {
        try {
            return facts.look();
        } catch (SQLException e) {
            throw new IllegalStateException("phase: found the old store away, expected it to answer", e);
        }
    }

    /**
     * Begins a comparison of both stores, or takes part in the one that is under way, of whichever process. Writes go on meanwhile;
     * what is on its way is no difference.
     *
     * @throws IllegalStateException in a phase in which writes are not captured
     */
    public Compare compare(CompareSettings compareSettings) {
        return compare(compareSettings, CompareSteps.NONE);
    }

    Compare compare(CompareSettings compareSettings, CompareSteps steps) {
        return comparing.compare(look(), compareSettings, steps);
    }

    /** What the latest comparison found, by whichever process. */
    public CompareReport compared() throws SQLException {
        return comparing.reports().report();
    }

    /** How far the other store is behind the primary. */
    public Backlog backlog() throws SQLException {
        Direction direction = direction(fact());
        try (Connection connection = direction.from().source().getConnection()) {
            return direction.outbox().backlog(connection);
        }
    }

    /** Brings over what is in the outbox of the primary, past the queue, until it is empty. */
    void drain(Duration limit) throws SQLException {
        direction(fact()).drain(limit);
    }

    /** The events that a row's fault keeps out of the other store; tried again every few seconds. */
    public int deadLetters() throws SQLException {
        return direction(fact()).applier().dead().count();
    }

    /** What happened in this process. */
    public Counts counts() {
        return counts;
    }

    /** What the databases said of it some seconds ago. */
    Samples samples() {
        return samples;
    }

    /** The phase that the databases are in, as this process knows it: it may be a moment behind. */
    public DataPhase phase() throws SQLException {
        return fact().phase();
    }

    /** The fact that this process knows of; null if it has not looked yet. */
    @Nullable
    Fact lastFact() {
        return facts.last();
    }

    /** The phase that this process is told to go to; null while nothing is known. */
    @Nullable
    DataPhase wished() {
        return wish.phase();
    }

    @Override
    public String toString() {
        return settings.name;
    }

    /** Ends the threads; what is in the outbox stays there, and a copy goes on elsewhere or later. */
    @Override
    public void close() {
        hide.run();
        samples.close();
        copies.forEach(Copy::stop);
        comparing.close();
        steward.close();
        forward.close();
        back.close();
    }
}
