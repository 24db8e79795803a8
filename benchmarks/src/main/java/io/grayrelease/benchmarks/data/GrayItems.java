package io.grayrelease.benchmarks.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

import io.grayrelease.data.Copy;
import io.grayrelease.data.CopySettings;
import io.grayrelease.data.Migration;
import io.grayrelease.policy.model.DataPhase;

/** The migration of items. */
final class GrayItems {
    static final String NAME = "items-v2";

    /** Shorter than the default: a copy is killed every few seconds, and what it had claimed is not to wait for long. */
    private static final Duration LEASE = Duration.ofSeconds(5);

    private static final long PATIENCE_SECONDS = 300;
    private static final long LOOK_MILLIS = 20;

    private GrayItems() {}

    /** Starts it in one process, which wants a phase. */
    static Migration<Long, Item> start(
            DataSource old, DataSource ofNew, AtomicReference<DataPhase> wanted, boolean knowsNew) throws SQLException {
        return Migration.of(NAME, old, ofNew, new ItemMapper(knowsNew))
                .phase(wanted::get)
                .start();
    }

    /** Starts it and goes to a phase, with all rows copied where that is one that captures. */
    static Migration<Long, Item> inPhase(Stores stores, DataPhase wanted, boolean knowsNew)
            throws SQLException, InterruptedException {
        AtomicReference<DataPhase> phase = new AtomicReference<>(DataPhase.OLD_ONLY);
        Migration<Long, Item> migration = start(stores.old(), stores.ofNew(), phase, knowsNew);
        if (wanted != DataPhase.OLD_ONLY) {
            phase.set(DataPhase.CAPTURE);
            awaitPhase(stores.old(), DataPhase.CAPTURE);
            copy(migration, Integer.MAX_VALUE);
        }
        phase.set(wanted);
        awaitPhase(stores.old(), wanted);
        return migration;
    }

    /** Waits until the old store says so. */
    static void awaitPhase(DataSource old, DataPhase phase) throws SQLException, InterruptedException {
        await(() -> phase.name().equals(phaseOf(old)), "phase: expected " + phase);
    }

    private static String phaseOf(DataSource old) throws SQLException {
        try (Connection connection = old.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT phase FROM gray_state WHERE migration = '" + NAME + "'")) {
            return row.next() ? row.getString(1) : "none";
        }
    }

    /** Copies all rows, or what is left of them. */
    static void copy(Migration<Long, Item> migration, int rowsPerSecond) throws InterruptedException {
        Copy copy = migration.copy(
                CopySettings.DEFAULTS.rowsPerSecond(rowsPerSecond).lease(LEASE));
        if (!copy.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !copy.progress().isDone()) {
            throw new IllegalStateException("copy: found " + copy.progress() + ", expected it done");
        }
    }

    /** Waits until all that was written is in the new store, and nothing was set aside. */
    static void awaitDrained(Migration<Long, Item> migration) throws SQLException, InterruptedException {
        await(
                () -> migration.backlog().events() == 0 && migration.deadLetters() == 0,
                "at the end: expected no event and no dead letter");
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private static void await(Condition condition, String otherwise) throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(otherwise + ", found otherwise for " + PATIENCE_SECONDS + " s");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
