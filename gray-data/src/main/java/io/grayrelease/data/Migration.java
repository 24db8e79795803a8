package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private final PrimaryRows rowsOfOld;
    private final PrimaryRows rowsOfNew;
    private final Outbox outbox;
    private final Applier applier;
    private final Immediate immediate;
    private final Carrier carrier;
    private final Relay relay;
    private final DeadLetterRound deadLetters;
    private final Comparing comparing;
    private final Uncaptured uncaptured = new Uncaptured();
    private final Counts counts = new Counts();

    Migration(MigrationBuilder<K, R> settings) {
        this.settings = settings;
        this.table = settings.mapper.table();
        this.old = Store.old(settings.old, table);
        this.ofNew = Store.ofNew(settings.ofNew, table);
        this.rowsOfOld = new PrimaryRows(old, table);
        this.rowsOfNew = new PrimaryRows(ofNew, table);
        this.outbox = new Outbox(settings.name);
        this.applier = new Applier(settings.name, ofNew, table, counts);
        this.immediate = new Immediate(applier, settings.immediateLimit, counts);
        this.carrier = settings.carrier.open(settings.name, applier);
        this.relay = new Relay(settings.name, old.source(), carrier, counts);
        this.deadLetters = new DeadLetterRound(settings.name, applier, settings.deadLettersEvery);
        this.comparing = new Comparing(settings, table, old, ofNew, new OldFirst(), this::refresh, counts);
    }

    /** Begins to describe a migration; its name is the same in all services and in the policy. */
    public static <K, R> MigrationBuilder<K, R> of(
            String name, DataSource old, DataSource ofNew, RowMapper<K, R> mapper) {
        return new MigrationBuilder<>(name, old, ofNew, mapper);
    }

    void start() throws SQLException {
        check(old);
        try {
            check(ofNew);
        } catch (SQLException e) {
            LOG.warn("gray: {}: the new store is away or not ready, events wait for it: {}", this, e.toString());
        }
        relay.start();
        deadLetters.start();
        comparing.start();
    }

    private static void check(Store store) throws SQLException {
        try (Connection connection = store.source().getConnection()) {
            GrayTables.check(connection);
            store.dialect(connection);
        }
    }

    /**
     * Runs writes in a transaction of the primary store.
     *
     * @throws SQLException of the primary store, and then nothing is written; what is wrong elsewhere is not told here
     */
    public void write(Tx.Work<K, R> work) throws SQLException {
        Object open = uncaptured.begin();
        try {
            Phase phase = primaryIsOld(settings.phase.get());
            if (phase.captures()) {
                uncaptured.end(open);
            }
            Tx<K, R> tx = commit(work, phase);
            committed(tx, phase);
        } finally {
            uncaptured.end(open);
        }
    }

    private Tx<K, R> commit(Tx.Work<K, R> work, Phase phase) throws SQLException {
        try (Connection connection = old.source().getConnection()) {
            return Sql.committed(connection, same -> {
                Tx<K, R> tx = new Tx<>(same, rowsOfOld, settings.mapper, phase.captures() ? outbox : null);
                work.in(tx);
                return tx;
            });
        }
    }

    private void committed(Tx<K, R> tx, Phase phase) {
        if (tx.events().isEmpty()) {
            return;
        }
        counts.captured.add(tx.events().size());
        comparing.recent().written(tx.events());
        // Who reads the new store reads what he wrote; before that nobody does, and nobody waits.
        if (phase.newIsRead()) {
            immediate.apply(tx.events());
        }
        relay.wake();
    }

    private static Phase primaryIsOld(Phase phase) {
        if (!phase.oldIsPrimary()) {
            throw new IllegalStateException("phase: found " + phase
                    + ", expected OLD_ONLY, CAPTURE or GRAY_READ: this version cannot switch the primary store");
        }
        return phase;
    }

    /** The record of a key: of the new store for gray requests where the phase says so and it answers, else of the old one. */
    public Optional<R> read(K key) throws SQLException {
        if (settings.phase.get().newIsRead() && settings.isGray.getAsBoolean()) {
            if (!immediate.isBroken()) {
                try {
                    return read(ofNew, rowsOfNew, key);
                } catch (SQLException e) {
                    LOG.debug("gray: read from the old store instead", e);
                }
            }
            counts.readFallbacks.increment();
        }
        return read(old, rowsOfOld, key);
    }

    private Optional<R> read(Store store, PrimaryRows rows, K key) throws SQLException {
        Map<String, @Nullable String> keyValues = Table.texts(table.key(), settings.mapper.key(key));
        if (settings.phase.get().captures()) {
            comparing.shadow().read(keyValues);
        }
        try (Connection connection = store.source().getConnection()) {
            Map<String, @Nullable Object> values = rows.read(connection, keyValues);
            return values == null ? Optional.empty() : Optional.of(settings.mapper.record(whole(values)));
        }
    }

    private Row whole(Map<String, @Nullable Object> values) {
        table.onlyNew().forEach(values::putIfAbsent);
        return Row.of(values);
    }

    /**
     * Begins or goes on with the copy of the old table into the new one. In every process that writes, the phase must be
     * {@link Phase#CAPTURE} by now.
     *
     * @throws IllegalStateException in a phase in which writes are not captured
     */
    public Copy copy(CopySettings copySettings) {
        return copy(copySettings, Copier.Steps.NONE);
    }

    Copy copy(CopySettings copySettings, Copier.Steps steps) {
        if (!primaryIsOld(settings.phase.get()).captures()) {
            throw new IllegalStateException("phase: found " + settings.phase.get() + ", expected CAPTURE or GRAY_READ");
        }
        Copier copier = new Copier(settings.name, old, ofNew, table, applier, steps);
        Copy copy = new Copy(settings.name, copier, copySettings, new Situation());
        copy.start();
        return copy;
    }

    private final class Situation implements Copy.Situation {
        @Override
        public void awaitCapture() throws InterruptedException {
            uncaptured.awaitThoseOpen();
        }

        @Override
        public boolean captures() {
            Phase phase = settings.phase.get();
            return phase.oldIsPrimary() && phase.captures();
        }

        @Override
        public int eventsWaiting() throws SQLException {
            return backlog().events();
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
        if (!primaryIsOld(settings.phase.get()).captures()) {
            throw new IllegalStateException("phase: found " + settings.phase.get() + ", expected CAPTURE or GRAY_READ");
        }
        return comparing.compare(compareSettings, steps);
    }

    /** What the latest comparison found, by whichever process. */
    public CompareReport compared() throws SQLException {
        return comparing.reports().report();
    }

    private void refresh(RowKey key) throws SQLException {
        write(tx -> tx.refresh(key.values()));
    }

    private static final class OldFirst implements Ordering {
        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public boolean newIsPrimary() {
            return false;
        }
    }

    /** How far the new store is behind the old one. */
    public Backlog backlog() throws SQLException {
        try (Connection connection = old.source().getConnection()) {
            return outbox.backlog(connection);
        }
    }

    /** The events that a row's fault keeps out of the new store; tried again every few seconds. */
    public int deadLetters() throws SQLException {
        return applier.dead().count();
    }

    /** What happened in this process. */
    public Counts counts() {
        return counts;
    }

    @Override
    public String toString() {
        return settings.name;
    }

    /** Ends the threads; what is in the outbox stays there. */
    @Override
    public void close() {
        comparing.close();
        relay.close();
        deadLetters.close();
        carrier.close();
        immediate.close();
    }
}
