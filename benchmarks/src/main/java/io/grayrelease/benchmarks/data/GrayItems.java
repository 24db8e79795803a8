package io.grayrelease.benchmarks.data;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

import io.grayrelease.data.Copy;
import io.grayrelease.data.CopySettings;
import io.grayrelease.data.Migration;
import io.grayrelease.data.Phase;

/** The migration of items. */
final class GrayItems {
    private static final String NAME = "items-v2";
    private static final long PATIENCE_SECONDS = 300;
    private static final long LOOK_MILLIS = 20;

    private GrayItems() {}

    /** Starts it in one process. */
    static Migration<Long, Item> start(DataSource old, DataSource ofNew, AtomicReference<Phase> phase, boolean knowsNew)
            throws SQLException {
        return Migration.of(NAME, old, ofNew, new ItemMapper(knowsNew))
                .phase(phase::get)
                .start();
    }

    /** Starts it and goes to a phase, with all rows copied where that is one that captures. */
    static Migration<Long, Item> inPhase(Stores stores, Phase wanted, boolean knowsNew)
            throws SQLException, InterruptedException {
        AtomicReference<Phase> phase = new AtomicReference<>(Phase.OLD_ONLY);
        Migration<Long, Item> migration = start(stores.old(), stores.ofNew(), phase, knowsNew);
        if (wanted != Phase.OLD_ONLY) {
            phase.set(Phase.CAPTURE);
            copy(migration, Integer.MAX_VALUE);
        }
        phase.set(wanted);
        return migration;
    }

    /** Copies all rows, or what is left of them. */
    static void copy(Migration<Long, Item> migration, int rowsPerSecond) throws InterruptedException {
        Copy copy = migration.copy(CopySettings.DEFAULTS.rowsPerSecond(rowsPerSecond));
        if (!copy.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !copy.progress().isDone()) {
            throw new IllegalStateException("copy: found " + copy.progress() + ", expected it done");
        }
    }

    /** Waits until all that was written is in the new store, and nothing was set aside. */
    static void awaitDrained(Migration<Long, Item> migration) throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (migration.backlog().events() > 0 || migration.deadLetters() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("at the end: found " + migration.backlog() + " and "
                        + migration.deadLetters() + " dead letters, expected none");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
