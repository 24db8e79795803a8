package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
    private final Wish wish;
    private final Facts facts;
    private final Direction forward;
    private final Direction back;
    private final Writes<K, R> writes;
    private final Steward steward;
    private final Counts counts = new Counts();

    Migration(MigrationBuilder<K, R> settings) {
        this.settings = settings;
        this.table = settings.mapper.table();
        this.old = Store.old(settings.old, table);
        this.ofNew = Store.ofNew(settings.ofNew, table);
        this.wish = settings.wish();
        this.facts = new Facts(settings.name, old, ofNew);
        this.forward = new Direction(settings, Route.toNew(settings.name), old, ofNew, counts);
        this.back = new Direction(settings, Route.toOld(settings.name), ofNew, old, counts);
        this.writes = new Writes<>(settings.mapper, facts, settings.switchLimit);
        this.steward = new Steward(settings.name, wish, facts, ofNew);
    }

    /** Begins to describe a migration; its name is the same in all services and in the policy. */
    public static <K, R> MigrationBuilder<K, R> of(
            String name, DataSource old, DataSource ofNew, RowMapper<K, R> mapper) {
        return new MigrationBuilder<>(name, old, ofNew, mapper);
    }

    void start() throws SQLException {
        facts.prepare(old);
        try {
            facts.prepare(ofNew);
        } catch (SQLException e) {
            LOG.warn("gray: {}: the new store is away or not ready, events wait for it: {}", this, e.toString());
        }
        fact();
        forward.start();
        if (settings.steward) {
            steward.start();
        }
    }

    private Fact fact() throws SQLException {
        return facts.known(wish.phase());
    }

    private Direction direction(Fact fact) {
        return fact.newIsPrimary() ? back : forward;
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
        // Who reads the new store reads what he wrote; before that nobody does, and nobody waits.
        if (written.fact.isGrayRead()) {
            direction.immediate().apply(written.events);
        }
        direction.wake();
    }

    /** The record of a key: of the new store for gray requests where the phase says so and it answers, else of the primary. */
    public Optional<R> read(K key) throws SQLException {
        Fact fact = fact();
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

    private Row whole(Map<String, @Nullable Object> values) {
        table.onlyNew().forEach(values::putIfAbsent);
        return Row.of(values);
    }

    /**
     * Begins or goes on with the copy of the old table into the new one, once writes are captured.
     *
     * @throws IllegalStateException in a phase in which they are not, or if the old store does not say in which it is
     */
    public Copy copy(CopySettings copySettings) {
        return copy(copySettings, Copier.Steps.NONE);
    }

    Copy copy(CopySettings copySettings, Copier.Steps steps) {
        Fact fact = look();
        if (!isCopied(fact)) {
            throw new IllegalStateException("phase: found " + fact.phase() + ", expected CAPTURE or GRAY_READ");
        }
        Copier copier = new Copier(settings.name, old, ofNew, table, forward.applier(), steps);
        Copy copy = new Copy(settings.name, copier, copySettings, new Situation());
        copy.start();
        return copy;
    }

    private Fact look() {
        try {
            return facts.look();
        } catch (SQLException e) {
            throw new IllegalStateException("phase: found the old store away, expected it to answer", e);
        }
    }

    private static boolean isCopied(Fact fact) {
        return fact.captures() && !fact.newIsPrimary();
    }

    private final class Situation implements Copy.Situation {
        /** The fact has waited: what was not captured is committed, and can be read. */
        @Override
        public void awaitCapture() {}

        @Override
        public boolean captures() {
            try {
                return isCopied(fact());
            } catch (SQLException e) {
                // It is not known to be otherwise.
                return true;
            }
        }

        @Override
        public int eventsWaiting() throws SQLException {
            return backlog().events();
        }
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

    @Override
    public String toString() {
        return settings.name;
    }

    /** Ends the threads; what is in the outbox stays there. */
    @Override
    public void close() {
        steward.close();
        forward.close();
        back.close();
    }
}
