package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast a copy is with some processes of one worker each, while nothing else writes.
 *
 * @param perSecond rows per second, by the number of processes
 */
record CopyScaling(String database, long rows, Map<Integer, Double> perSecond) {
    static CopyScaling measure(Make make, long rows, List<Integer> processes, Path folder) throws Exception {
        Path logs = Files.createDirectories(folder.resolve("copy-logs"));
        try (DatabaseServer old = make.start(folder.resolve("copy-old"));
                DatabaseServer ofNew = make.start(folder.resolve("copy-new"))) {
            Map<Integer, Double> perSecond = new LinkedHashMap<>();
            for (int count : processes) {
                try (Stores stores = Stores.create(old, ofNew, "copy_" + count, rows)) {
                    copy(old.address("old_copy_" + count), ofNew.address("new_copy_" + count), rows, count, logs);
                    perSecond.put(count, perSecond(stores));
                }
            }
            return new CopyScaling(old.version(), rows, perSecond);
        }
    }

    private static void copy(DatabaseAddress old, DatabaseAddress ofNew, long rows, int count, Path logs)
            throws IOException, InterruptedException {
        List<WorkerProcess> workers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                workers.add(WorkerProcess.start(
                        logs.resolve("copy-" + count + "-" + i + ".log"),
                        List.of(
                                "--role=" + Worker.Role.GRAY_COPY,
                                "--held",
                                "--old=" + old,
                                "--new=" + ofNew,
                                "--logs=" + logs,
                                "--rows=" + rows,
                                "--rate=" + Integer.MAX_VALUE)));
            }
            for (WorkerProcess worker : workers) {
                worker.awaitSaid(Worker.READY);
            }
            for (WorkerProcess worker : workers) {
                worker.go();
            }
            for (WorkerProcess worker : workers) {
                worker.awaitSaid(Worker.COPIED);
            }
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }

    /** By the new store's clock. */
    private static double perSecond(Stores stores) throws SQLException {
        try (Connection connection = stores.ofNew().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT rows_written, finished_ms - started_ms FROM gray_job WHERE kind = 'COPY'")) {
            row.next();
            return row.getLong(1) * 1_000.0 / row.getLong(2);
        }
    }
}
