package io.grayrelease.benchmarks.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.grayrelease.data.Compare;
import io.grayrelease.data.CompareSettings;
import io.grayrelease.data.Migration;
import io.grayrelease.data.MigrationStatus;
import io.grayrelease.data.MigrationTool;
import io.grayrelease.policy.model.DataPhase;

/**
 * For how long writes wait while the primary is switched, forth and back, under the writes of two versions of a service.
 *
 * @param failed writes that got an error
 */
record SwitchPause(
        String database,
        long rows,
        int rate,
        List<Switched> switches,
        long acknowledged,
        long failed,
        Verdict verdict) {
    private static final int RATE = 1_000;
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 120;
    private static final long LOOK_MILLIS = 20;

    /**
     * One switch.
     *
     * @param pauseMillis as the switch itself says
     * @param longestMillis the longest write that ran meanwhile
     */
    record Switched(boolean forth, double pauseMillis, double longestMillis) {}

    private record Moment(boolean forth, long before, long after, double pauseMillis) {}

    static SwitchPause measure(Make make, long rows, int switches, Path folder) throws Exception {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        try (DatabaseServer old = make.start(folder.resolve("old"));
                DatabaseServer ofNew = make.start(folder.resolve("new"));
                Stores stores = Stores.create(old, ofNew, "switch", rows)) {
            AtomicReference<DataPhase> wanted = new AtomicReference<>(DataPhase.OLD_ONLY);
            try (Migration<Long, Item> first = GrayItems.start(stores.old(), stores.ofNew(), wanted, false);
                    Migration<Long, Item> second = GrayItems.start(stores.old(), stores.ofNew(), wanted, true)) {
                List<Moment> moments = new ArrayList<>();
                try (LoadThreads oldVersion = load(first, false, logs, rows);
                        LoadThreads newVersion = load(second, true, logs, rows)) {
                    toGrayRead(stores, first, wanted);
                    for (int i = 0; i < switches; i++) {
                        Thread.sleep(BETWEEN.toMillis());
                        moments.add(go(stores, wanted, i % 2 == 0 ? DataPhase.NEW_PRIMARY : DataPhase.GRAY_READ));
                    }
                    Thread.sleep(BETWEEN.toMillis());
                }
                GrayItems.awaitDrained(first);
                return result(old.version(), stores, rows, moments, WriteLogs.read(logs));
            }
        }
    }

    private static LoadThreads load(Migration<Long, Item> migration, boolean knowsNew, Path logs, long rows) {
        return new LoadThreads(new GrayWriter(migration), knowsNew, logs, knowsNew ? 2 : 1, rows, RATE / 2);
    }

    private static void toGrayRead(Stores stores, Migration<Long, Item> migration, AtomicReference<DataPhase> wanted)
            throws SQLException, InterruptedException {
        go(stores, wanted, DataPhase.CAPTURE);
        GrayItems.copy(migration, Integer.MAX_VALUE);
        go(stores, wanted, DataPhase.GRAY_READ);
        Compare compare = migration.compare(CompareSettings.DEFAULTS);
        if (!compare.await(PATIENCE_SECONDS, TimeUnit.SECONDS)
                || !compare.report().isClean()) {
            throw new IllegalStateException("compare: found " + compare.report() + ", expected it clean");
        }
    }

    /** Wants a phase, and waits until it is the fact. */
    private static Moment go(Stores stores, AtomicReference<DataPhase> wanted, DataPhase phase)
            throws SQLException, InterruptedException {
        MigrationTool tool = MigrationTool.open(GrayItems.NAME, stores.old(), stores.ofNew());
        long before = System.nanoTime();
        wanted.set(phase);
        MigrationStatus status = tool.status();
        while (status.phase() != phase || !status.isOpen()) {
            if (System.nanoTime() - before > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IllegalStateException("phase: found " + status + ", expected " + phase);
            }
            Thread.sleep(LOOK_MILLIS);
            status = tool.status();
        }
        double pause = status.lastPause().map(Duration::toNanos).orElse(0L) / 1e6;
        return new Moment(phase.isNewPrimary(), before, System.nanoTime(), pause);
    }

    private static SwitchPause result(
            String database, Stores stores, long rows, List<Moment> moments, List<LoggedWrite> writes)
            throws SQLException {
        long acknowledged = writes.stream().filter(LoggedWrite::isAcknowledged).count();
        List<Switched> switches = moments.stream()
                .map(moment -> new Switched(moment.forth(), moment.pauseMillis(), longest(moment, writes)))
                .toList();
        Verdict verdict = Verdict.of(stores, new Oracle(writes, rows));
        return new SwitchPause(database, rows, RATE, switches, acknowledged, writes.size() - acknowledged, verdict);
    }

    private static double longest(Moment moment, List<LoggedWrite> writes) {
        return writes.stream()
                        .filter(LoggedWrite::isAcknowledged)
                        .filter(write -> write.ended() >= moment.before() && write.began() <= moment.after())
                        .mapToLong(write -> write.ended() - write.began())
                        .max()
                        .orElse(0)
                / 1e6;
    }
}
