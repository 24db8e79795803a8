package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/** The jobs' places, in the store that they fill or compare: read by anybody, moved on by who holds the lock. */
final class JobTable {
    private static final String SELECT = "SELECT run, last_key, exhausted, chunks, rows_done, rows_written, rows_total,"
            + " started_ms, finished_ms, pace_ms, pace_rows, rows_per_second FROM gray_job"
            + " WHERE migration = ? AND kind = ?";
    private static final String INSERT = "INSERT INTO gray_job (run, last_key, exhausted, chunks, rows_done,"
            + " rows_written, rows_total, started_ms, finished_ms, pace_ms, pace_rows, rows_per_second,"
            + " migration, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE gray_job SET run = ?, last_key = ?, exhausted = ?, chunks = ?,"
            + " rows_done = ?, rows_written = ?, rows_total = ?, started_ms = ?, finished_ms = ?, pace_ms = ?,"
            + " pace_rows = ?, rows_per_second = ? WHERE migration = ? AND kind = ?";

    private final String migration;
    private final JobKind kind;

    JobTable(String migration, JobKind kind) {
        this.migration = migration;
        this.kind = kind;
    }

    /** The job, or null if none ever began. */
    @Nullable
    Job read(Connection connection) throws SQLException {
        return select(connection, SELECT);
    }

    /** The job, which nobody else moves on until the transaction ends. */
    @Nullable
    Job locked(Connection connection) throws SQLException {
        return select(connection, SELECT + " FOR UPDATE");
    }

    private @Nullable Job select(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migration);
            statement.setString(2, kind.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? job(rows) : null;
            }
        }
    }

    private static Job job(ResultSet rows) throws SQLException {
        return new Job(
                rows.getLong(1),
                KeyRange.key(rows.getString(2)),
                rows.getBoolean(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9),
                new Job.Pace(rows.getLong(10), rows.getLong(11), rows.getDouble(12)));
    }

    void insert(Connection connection, Job job) throws SQLException {
        write(connection, INSERT, job);
    }

    void update(Connection connection, Job job) throws SQLException {
        write(connection, UPDATE, job);
    }

    private void write(Connection connection, String sql, Job job) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, job.run);
            statement.setString(2, KeyRange.text(job.lastKey));
            statement.setBoolean(3, job.exhausted);
            statement.setLong(4, job.chunks);
            statement.setLong(5, job.rowsDone);
            statement.setLong(6, job.rowsWritten);
            statement.setLong(7, job.rowsTotal);
            statement.setLong(8, job.startedMillis);
            statement.setLong(9, job.finishedMillis);
            statement.setLong(10, job.pace.sinceMillis);
            statement.setLong(11, job.pace.sinceRows);
            statement.setDouble(12, job.pace.rowsPerSecond);
            statement.setString(13, migration);
            statement.setString(14, kind.name());
            statement.executeUpdate();
        }
    }
}
