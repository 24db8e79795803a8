package io.grayrelease.benchmarks.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.grayrelease.data.Compare;
import io.grayrelease.data.CompareReport;
import io.grayrelease.data.CompareSettings;
import io.grayrelease.data.Migration;
import io.grayrelease.policy.model.DataPhase;

/**
 * How fast both stores are compared, with one worker, while nothing writes and while much does, and how fast pt-table-checksum reads
 * the old one alone beside the same.
 *
 * @param quiet rows per second of each run
 * @param underWrites likewise, while two versions of a service write
 * @param falsePositives differences that the runs under writes found
 * @param checksum rows per second of pt-table-checksum; empty where it is not
 * @param checksumUnderWrites likewise, while two versions of a service write
 */
record CompareSpeed(
        String database,
        long rows,
        int rate,
        List<Double> quiet,
        List<Double> underWrites,
        long falsePositives,
        List<Double> checksum,
        List<Double> checksumUnderWrites) {
    private static final int RATE = 1_000;
    private static final long PATIENCE_SECONDS = 300;

    static CompareSpeed measure(Make make, long rows, int runs, Path folder) throws Exception {
        Path logs = Files.createDirectories(folder.resolve("logs"));
        try (DatabaseServer old = make.start(folder.resolve("old"));
                DatabaseServer ofNew = make.start(folder.resolve("new"));
                Stores stores = Stores.create(old, ofNew, "compare", rows);
                Migration<Long, Item> migration = GrayItems.inPhase(stores, DataPhase.CAPTURE, false)) {
            List<Double> quiet = new ArrayList<>();
            List<Double> checksum = new ArrayList<>();
            boolean reads = make == Make.MARIADB && TableChecksum.isInstalled();
            compare(migration, rows); // what is read first comes from the disk
            for (int i = 0; i < runs; i++) {
                quiet.add(perSecond(compare(migration, rows)));
                if (reads) {
                    checksum.add(TableChecksum.perSecond(old.port(), "old_compare", rows, logs));
                }
            }
            List<Double> underWrites = new ArrayList<>();
            List<Double> checksumUnderWrites = new ArrayList<>();
            long found = 0;
            try (Migration<Long, Item> second = GrayItems.start(
                            stores.old(), stores.ofNew(), new AtomicReference<>(DataPhase.CAPTURE), true);
                    LoadThreads first = new LoadThreads(new GrayWriter(migration), false, logs, 1, rows, RATE / 2);
                    LoadThreads other = new LoadThreads(new GrayWriter(second), true, logs, 2, rows, RATE / 2)) {
                for (int i = 0; i < runs; i++) {
                    CompareReport report = compare(migration, rows);
                    underWrites.add(perSecond(report));
                    found += report.found() + report.left();
                    if (reads) {
                        checksumUnderWrites.add(TableChecksum.perSecond(old.port(), "old_compare", rows, logs));
                    }
                }
            }
            return new CompareSpeed(
                    old.version(), rows, RATE, quiet, underWrites, found, checksum, checksumUnderWrites);
        }
    }

    private static CompareReport compare(Migration<Long, Item> migration, long least)
            throws SQLException, InterruptedException {
        Compare compare = migration.compare(CompareSettings.DEFAULTS);
        if (!compare.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("compare: found " + compare.progress() + ", expected it done");
        }
        CompareReport report = compare.report();
        if (report.rows() < least * 9 / 10) {
            throw new IllegalStateException("compare: found " + report + ", expected about " + least + " rows");
        }
        return report;
    }

    private static double perSecond(CompareReport report) {
        Instant began = report.began().orElseThrow();
        Duration took = Duration.between(began, report.finished().orElseThrow());
        return report.rows() * 1_000.0 / took.toMillis();
    }
}
