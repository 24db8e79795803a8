package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Copies the old table into the new one while writes go on. Each transaction claims the keys that it writes: a key that an event
 * has reached, be it a delete, is the event's; and an event that comes after the claim is newer. So the copy needs no lock on the
 * old table. Workers share the table by {@link Claims}. Thread-safe.
 */
final class Copier {
    /** What happens between the steps of a chunk; tests put other writes there. */
    interface Steps {
        Steps NONE = new Steps() {};

        default void chunkRead() {}

        default void chunkWritten() {}
    }

    /** One copy in a round of a migration: it never begins anew before its job is deleted. */
    private static final long RUN = 1;

    private final Store target;
    private final KeyOrder order;
    private final Table table;
    private final TargetRows rows;
    private final MetaTable meta;
    private final Claims claims;
    private final Applier applier;
    private final Steps steps;

    Copier(String migration, Store old, Store target, Table table, Applier applier, Steps steps) {
        this.target = target;
        this.order = new KeyOrder(old, table);
        this.table = table;
        this.rows = new TargetRows(target, table);
        this.meta = new MetaTable(migration);
        this.claims = new Claims(migration, JobKind.COPY, old, table, target.source());
        this.applier = applier;
        this.steps = steps;
    }

    /** Begins the copy, unless it has begun. */
    Job begin() throws SQLException {
        return claims.begin(RUN);
    }

    /** How far the copy is, or null if it is none any more. */
    @Nullable
    Job job() throws SQLException {
        return claims.job();
    }

    @Nullable
    Chunk claim(Duration lease, int size) throws SQLException {
        return claims.claim(RUN, lease, size);
    }

    void release(Chunk chunk) throws SQLException {
        claims.release(chunk);
    }

    /** What one transaction copied, and what is left of the chunk, if anything. Immutable. */
    static final class Copied {
        final int rows;
        final @Nullable Chunk rest;

        Copied(int rows, @Nullable Chunk rest) {
            this.rows = rows;
            this.rest = rest;
        }
    }

    /**
     * Copies the first rows of a chunk, at most so many; what is left is the worker's for another lease.
     *
     * @throws LostClaim if the chunk is another's by now
     */
    Copied copy(Chunk chunk, int most, Duration lease) throws SQLException {
        List<Map<String, @Nullable String>> read = order.rows(chunk.range(), most);
        steps.chunkRead();
        KeyRange left = left(chunk.range(), read, most);
        try {
            return write(chunk, read, left, lease, this::writeTogether);
        } catch (SQLException e) {
            if (!Faults.isOfRow(e)) {
                throw e;
            }
            return write(chunk, read, left, lease, this::writeEach);
        }
    }

    private @Nullable KeyRange left(KeyRange range, List<Map<String, @Nullable String>> read, int most) {
        if (read.size() < most) {
            return null;
        }
        Map<String, @Nullable String> last = key(read.get(read.size() - 1));
        return last.equals(range.high()) ? null : range.after(last);
    }

    private interface Writing {
        int write(Connection connection, List<Map<String, @Nullable String>> read) throws SQLException;
    }

    private Copied write(
            Chunk chunk,
            List<Map<String, @Nullable String>> read,
            @Nullable KeyRange left,
            Duration lease,
            Writing writing)
            throws SQLException {
        return Sql.own(target.source(), connection -> {
            claims.hold(connection, chunk);
            int written = read.isEmpty() ? 0 : writing.write(connection, read);
            steps.chunkWritten();
            if (left == null) {
                claims.done(connection, chunk, read.size(), written);
                return new Copied(read.size(), null);
            }
            claims.advance(connection, chunk.in(left), lease, read.size(), written);
            return new Copied(read.size(), chunk.in(left));
        });
    }

    private Map<String, @Nullable String> key(Map<String, @Nullable String> row) {
        Map<String, @Nullable String> key = new TreeMap<>(row);
        key.keySet().retainAll(table.key());
        return key;
    }

    private int writeTogether(Connection connection, List<Map<String, @Nullable String>> read) throws SQLException {
        Map<String, Map<String, @Nullable String>> byKey = new TreeMap<>();
        for (Map<String, @Nullable String> row : read) {
            byKey.put(KeyText.of(table.key(), row), row);
        }
        Set<String> claimed = meta.claim(connection, target.dialect(connection), new TreeSet<>(byKey.keySet()));
        List<Change> changes = new ArrayList<>(claimed.size());
        for (String key : claimed) {
            changes.add(Change.none(key, Meta.NONE).with(Version.COPIED, image(byKey.get(key))));
        }
        rows.insert(connection, changes);
        return claimed.size();
    }

    /** As events of the lowest version: of a row at fault a dead letter is kept, and the others are written. */
    private int writeEach(Connection connection, List<Map<String, @Nullable String>> read) throws SQLException {
        for (Map<String, @Nullable String> row : read) {
            Event event = Event.of(KeyText.of(table.key(), row), Version.COPIED, image(row));
            applier.accept(Collections.singletonList(event));
        }
        return read.size();
    }

    private static Image image(@Nullable Map<String, @Nullable String> row) {
        if (row == null) {
            throw new IllegalStateException("found a key claimed that is not of the chunk");
        }
        return Image.written(row, Collections.emptyMap());
    }
}
