package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** What our tables say of the latest comparison, whichever processes made it. Thread-safe. */
final class CompareReports {
    private static final int MOST_DIFFERENCES = 1_000;

    private final DataSource ofNew;
    private final JobTable first;
    private final JobTable second;
    private final DiffTable differences;

    CompareReports(String migration, DataSource ofNew) {
        this.ofNew = ofNew;
        this.first = new JobTable(migration, JobKind.COMPARE);
        this.second = new JobTable(migration, JobKind.EXTRA);
        this.differences = new DiffTable(migration);
    }

    CompareProgress progress() throws SQLException {
        return Sql.own(ofNew, this::progress);
    }

    private CompareProgress progress(Connection connection) throws SQLException {
        Job job = first.read(connection);
        if (job == null) {
            return CompareProgress.NONE;
        }
        Job extra = extra(connection, job);
        long found = differences.countFound(connection, job.run);
        return new CompareProgress(
                job.rowsDone + (extra == null ? 0 : extra.rowsDone),
                total(job) + (extra == null ? 0 : total(extra)),
                isFinished(job, extra),
                job.isFinished() && extra != null ? extra.pace.rowsPerSecond : job.pace.rowsPerSecond,
                found,
                found == 0 ? 0 : differences.countLeft(connection, job.run));
    }

    private static long total(Job job) {
        return job.isFinished() ? job.rowsDone : Math.max(job.rowsDone, job.rowsTotal);
    }

    /** The second way of the same run, if there is one. */
    private @Nullable Job extra(Connection connection, Job job) throws SQLException {
        Job extra = second.read(connection);
        return extra == null || extra.run != job.run ? null : extra;
    }

    private static boolean isFinished(Job job, @Nullable Job extra) {
        return job.isFinished() && (extra == null || extra.isFinished());
    }

    CompareReport report() throws SQLException {
        return Sql.own(ofNew, this::report);
    }

    private CompareReport report(Connection connection) throws SQLException {
        Job job = first.read(connection);
        if (job == null) {
            return CompareReport.NONE;
        }
        Job extra = extra(connection, job);
        long finished = Math.max(job.finishedMillis, extra == null ? 0 : extra.finishedMillis);
        long found = differences.countFound(connection, job.run);
        long left = found == 0 ? 0 : differences.countLeft(connection, job.run);
        List<Difference> some =
                left == 0 ? Collections.emptyList() : differences.left(connection, job.run, MOST_DIFFERENCES);
        return new CompareReport(
                job.run, job.rowsDone, job.startedMillis, isFinished(job, extra) ? finished : 0, found, left, some);
    }

    /** Adds differences that were found beside a comparison to those of the latest run, if there is one. */
    void keep(List<Difference> found) throws SQLException {
        Sql.own(ofNew, connection -> {
            Job job = first.read(connection);
            if (job != null) {
                differences.add(connection, job.run, found);
            }
            return job != null;
        });
    }
}
