package io.grayrelease.data;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/**
 * Shares the table out among any number of workers, of any number of processes: each claims a range of keys for a while, and says
 * in the transaction of its work that it is done. Who dies leaves his range to others when his lease is over; who comes back after
 * that finds that he has lost it. All is kept in the new store, and the leases go by its clock. Thread-safe.
 */
final class Claims {
    private static final int LONGEST_OWNER = 64;

    private final DataSource place;
    private final KeyOrder order;
    private final JobTable jobs;
    private final ChunkTable chunks;
    private final StateTable states;

    /** Jobs over the keys of a store, kept in another. */
    Claims(String migration, JobKind kind, Store keys, Table table, DataSource place) {
        this.place = place;
        this.order = new KeyOrder(keys, table);
        this.jobs = new JobTable(migration, kind);
        this.chunks = new ChunkTable(migration, kind);
        this.states = new StateTable(migration);
    }

    /** The job, or null if none ever began. */
    @Nullable
    Job job() throws SQLException {
        return Sql.own(place, connection -> Optional.ofNullable(jobs.read(connection)))
                .orElse(null);
    }

    /** Begins a run if no later one, nor this one, has begun; and says how far the latest is. */
    Job begin(long run) throws SQLException {
        Job known = job();
        if (known != null && known.run >= run) {
            return known;
        }
        long rows = order.estimate();
        try {
            return Sql.own(place, connection -> begin(connection, run, rows));
        } catch (SQLException e) {
            Job ofAnother = Faults.isOfIntegrity(e) ? job() : null;
            if (ofAnother == null) {
                throw e;
            }
            return ofAnother;
        }
    }

    private Job begin(Connection connection, long run, long rows) throws SQLException {
        states.checkNoRoundBegins(connection, Dialect.of(connection));
        Job known = jobs.locked(connection);
        if (known != null && known.run >= run) {
            return known;
        }
        Job begun = Job.begun(run, rows, now(connection));
        if (known == null) {
            jobs.insert(connection, begun);
        } else {
            chunks.clear(connection);
            jobs.update(connection, begun);
        }
        return begun;
    }

    /**
     * Claims a chunk of so many rows, or one whose lease is over, of the size that it had. Null if there is none to claim at the
     * moment: {@link #job} says whether that is the end of the run, or others are still at work.
     */
    @Nullable
    Chunk claim(long run, Duration lease, int rows) throws SQLException {
        String owner = owner();
        return Sql.own(place, connection -> {
                    long now = now(connection);
                    Chunk left = chunks.takeExpired(connection, run, owner, now, now + lease.toMillis());
                    return Optional.ofNullable(left == null ? next(connection, run, owner, rows, lease) : left);
                })
                .orElse(null);
    }

    private @Nullable Chunk next(Connection connection, long run, String owner, int rows, Duration lease)
            throws SQLException {
        Job job = jobs.locked(connection);
        if (job == null || job.run != run || job.exhausted) {
            return null;
        }
        Map<String, @Nullable String> high = order.boundary(job.lastKey, rows);
        Chunk chunk = new Chunk(run, job.chunks, new KeyRange(job.lastKey, high), owner);
        long now = now(connection);
        chunks.insert(connection, chunk, now + lease.toMillis());
        jobs.update(connection, job.claimed(high, now));
        return chunk;
    }

    /**
     * Makes sure, in the transaction of the work, that the chunk is still the worker's, and stays so until the transaction ends.
     *
     * @throws LostClaim if it is another's
     */
    void hold(Connection connection, Chunk chunk) throws SQLException {
        chunks.hold(connection, chunk);
    }

    /**
     * Keeps a chunk for another while.
     *
     * @throws LostClaim if it is another's
     */
    void extend(Chunk chunk, Duration lease) throws SQLException {
        Sql.own(place, connection -> {
            chunks.lease(connection, chunk, now(connection) + lease.toMillis());
            return true;
        });
    }

    /** Leaves a chunk to whoever comes next, at once. */
    void release(Chunk chunk) throws SQLException {
        Sql.own(place, connection -> {
            chunks.lease(connection, chunk, 0);
            return true;
        });
    }

    /**
     * Leaves of a chunk only what is given, for another while, and counts the rows done, in the transaction that did them.
     *
     * @throws LostClaim if it is another's
     */
    void advance(Connection connection, Chunk rest, Duration lease, long done, long written) throws SQLException {
        chunks.narrow(connection, rest, now(connection) + lease.toMillis());
        count(connection, rest, done, written);
    }

    /**
     * Ends a chunk, in the transaction that did its last rows, and says how far the job is then.
     *
     * @throws LostClaim if it is another's
     */
    Job done(Connection connection, Chunk chunk, long done, long written) throws SQLException {
        chunks.delete(connection, chunk);
        return count(connection, chunk, done, written);
    }

    private Job count(Connection connection, Chunk chunk, long done, long written) throws SQLException {
        Job job = jobs.locked(connection);
        if (job == null || job.run != chunk.run()) {
            throw new LostClaim(chunk);
        }
        // Who comes last to the job's lock finds no other chunk: what was done before him is committed.
        boolean left = chunks.isAnyLeft(connection, chunk.run());
        Job counted = job.counted(done, written, left, now(connection));
        jobs.update(connection, counted);
        return counted;
    }

    private static long now(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT " + Dialect.of(connection).nowMillis());
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** A name that people know, and a part that no other claim has. */
    private static String owner() {
        String unique = "#" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        String process = ManagementFactory.getRuntimeMXBean().getName();
        return process.substring(0, Math.min(process.length(), LONGEST_OWNER - unique.length())) + unique;
    }
}
