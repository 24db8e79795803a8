package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    private static final int FEW_ROWS = 100;

    private final Store old;
    private final Store target;
    private final Extras extras;
    private final KeyOrder order;
    private final Table table;
    private final CopyRows rows;
    private final Claims claims;
    private final Applier applier;
    private final Steps steps;

    Copier(String migration, Store old, Store target, Table table, Applier applier, Steps steps) {
        this.old = old;
        this.target = target;
        this.extras = new Extras(migration);
        this.order = new KeyOrder(old, table);
        this.table = table;
        this.rows = new CopyRows(migration, target, table);
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
        List<CopyRows.Copied> copied = copied(read);
        try {
            return write(chunk, copied, left, lease, rows::write);
        } catch (SQLException e) {
            if (!Faults.isOfRow(e)) {
                throw e;
            }
            // The row at fault is looked for in ever smaller parts: one by one, rows take a hundred times as long.
            return read.size() > FEW_ROWS
                    ? copy(chunk, read.size() / 8, lease)
                    : write(chunk, copied, left, lease, this::writeEach);
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
        int write(Connection connection, List<CopyRows.Copied> copied) throws SQLException;
    }

    private Copied write(
            Chunk chunk, List<CopyRows.Copied> copied, @Nullable KeyRange left, Duration lease, Writing writing)
            throws SQLException {
        return Sql.own(target.source(), connection -> {
            claims.hold(connection, chunk);
            int written = copied.isEmpty() ? 0 : writing.write(connection, copied);
            steps.chunkWritten();
            if (left == null) {
                claims.done(connection, chunk, copied.size(), written);
                return new Copied(copied.size(), null);
            }
            claims.advance(connection, chunk.in(left), lease, copied.size(), written);
            return new Copied(copied.size(), chunk.in(left));
        });
    }

    private Map<String, @Nullable String> key(Map<String, @Nullable String> row) {
        Map<String, @Nullable String> key = new TreeMap<>(row);
        key.keySet().retainAll(table.key());
        return key;
    }

    /** The rows as they are written. What is known of the columns that only the new store has goes in here; else defaults. */
    private List<CopyRows.Copied> copied(List<Map<String, @Nullable String>> read) throws SQLException {
        Map<String, Map<String, @Nullable String>> onlyNew = onlyNew(read);
        StoredKey names = old.storedKey();
        List<CopyRows.Copied> copied = new ArrayList<>(read.size());
        for (Map<String, @Nullable String> row : read) {
            String key = names.text(row);
            Image image = Image.written(row, onlyNew.getOrDefault(key, Collections.emptyMap()));
            copied.add(new CopyRows.Copied(key, image));
        }
        return copied;
    }

    /** What the old store keeps of the new columns, from earlier rounds. */
    private Map<String, Map<String, @Nullable String>> onlyNew(List<Map<String, @Nullable String>> read)
            throws SQLException {
        if (table.onlyNew().isEmpty()) {
            return Collections.emptyMap();
        }
        StoredKey names = old.storedKey();
        List<String> keys = new ArrayList<>(read.size());
        read.forEach(row -> keys.add(names.text(row)));
        return Sql.own(old.source(), connection -> extras.find(connection, keys));
    }

    /** As events of the lowest version: of a row at fault a dead letter is kept, and the others are written. */
    private int writeEach(Connection connection, List<CopyRows.Copied> copied) throws SQLException {
        for (CopyRows.Copied row : copied) {
            applier.accept(Collections.singletonList(Event.of(row.key, Version.COPIED, row.image)));
        }
        return copied.size();
    }

    @Override
    public String toString() {
        return extras.migration();
    }
}
