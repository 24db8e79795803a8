package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Copies the old table into the new one while writes go on. Each chunk claims its keys before it writes them: a key that an event
 * has reached, be it a delete, is the event's; and an event that comes after the claim is newer. So the copy needs no lock on the
 * old table. A copy that ended anywhere goes on where it was; several processes take turns.
 */
final class Copier {
    /** What happens between the steps of a chunk; tests put other writes there. */
    interface Steps {
        Steps NONE = new Steps() {};

        default void chunkRead() {}

        default void chunkWritten() {}
    }

    private final Store old;
    private final Store target;
    private final Extras extras;
    private final Chunks chunks;
    private final Table table;
    private final TargetRows rows;
    private final MetaTable meta;
    private final CopyTable places;
    private final Applier applier;
    private final Steps steps;

    Copier(String migration, Store old, Store target, Table table, Applier applier, Steps steps) {
        this.old = old;
        this.target = target;
        this.extras = new Extras(migration);
        this.chunks = new Chunks(old, table);
        this.table = table;
        this.rows = new TargetRows(migration, target, table);
        this.meta = new MetaTable(migration);
        this.places = new CopyTable(migration);
        this.applier = applier;
        this.steps = steps;
    }

    void begin() throws SQLException {
        Sql.own(target.source(), connection -> {
            places.begin(connection);
            return true;
        });
    }

    /** Where the copy is. */
    CopyTable.Place place() throws SQLException {
        return Sql.own(target.source(), places::read);
    }

    /** Copies one more chunk, and says where the copy is now. */
    CopyTable.Place chunk(int most) throws SQLException {
        try {
            return chunk(most, this::writeTogether);
        } catch (SQLException e) {
            if (!Faults.isOfRow(e)) {
                throw e;
            }
            return chunk(most, this::writeEach);
        }
    }

    private interface Writing {
        int write(Connection connection, List<Map<String, @Nullable String>> chunk) throws SQLException;
    }

    private CopyTable.Place chunk(int most, Writing writing) throws SQLException {
        return Sql.own(target.source(), connection -> {
            CopyTable.Place place = places.locked(connection);
            if (place.done) {
                return place;
            }
            CopyTable.Place next = next(connection, place, most, writing);
            places.move(connection, next);
            return next;
        });
    }

    private CopyTable.Place next(Connection connection, CopyTable.Place place, int most, Writing writing)
            throws SQLException {
        List<Map<String, @Nullable String>> chunk = chunks.after(place.lastKey, most);
        steps.chunkRead();
        if (chunk.isEmpty()) {
            return place.end();
        }
        int written = writing.write(connection, chunk);
        steps.chunkWritten();
        return place.after(key(chunk.get(chunk.size() - 1)), chunk.size(), written);
    }

    private Map<String, @Nullable String> key(Map<String, @Nullable String> row) {
        Map<String, @Nullable String> key = new TreeMap<>(row);
        key.keySet().retainAll(table.key());
        return key;
    }

    private int writeTogether(Connection connection, List<Map<String, @Nullable String>> chunk) throws SQLException {
        Map<String, Map<String, @Nullable String>> byKey = new TreeMap<>();
        for (Map<String, @Nullable String> row : chunk) {
            byKey.put(KeyText.of(table.key(), row), row);
        }
        Set<String> claimed = meta.claim(connection, target.dialect(connection), new TreeSet<>(byKey.keySet()));
        Map<String, Map<String, @Nullable String>> onlyNew = onlyNew(claimed);
        List<Change> changes = new ArrayList<>(claimed.size());
        for (String key : claimed) {
            Image image = image(byKey.get(key), onlyNew.get(key));
            changes.add(Change.none(key, Meta.NONE).with(Version.COPIED, image));
        }
        rows.insert(connection, changes);
        return claimed.size();
    }

    /** As events of the lowest version: of a row at fault a dead letter is kept, and the others are written. */
    private int writeEach(Connection connection, List<Map<String, @Nullable String>> chunk) throws SQLException {
        List<String> keys = new ArrayList<>();
        chunk.forEach(row -> keys.add(KeyText.of(table.key(), row)));
        Map<String, Map<String, @Nullable String>> onlyNew = onlyNew(keys);
        for (Map<String, @Nullable String> row : chunk) {
            String key = KeyText.of(table.key(), row);
            Event event = Event.of(key, Version.COPIED, image(row, onlyNew.get(key)));
            applier.accept(Collections.singletonList(event));
        }
        return chunk.size();
    }

    /** What the old store keeps of the new columns from earlier rounds. */
    private Map<String, Map<String, @Nullable String>> onlyNew(Collection<String> keys) throws SQLException {
        return table.onlyNew().isEmpty()
                ? Collections.emptyMap()
                : Sql.own(old.source(), connection -> extras.find(connection, keys));
    }

    private static Image image(
            @Nullable Map<String, @Nullable String> row, @Nullable Map<String, @Nullable String> onlyNew) {
        if (row == null) {
            throw new IllegalStateException("found a key claimed that is not of the chunk");
        }
        return Image.written(row, onlyNew == null ? Collections.emptyMap() : onlyNew);
    }
}
