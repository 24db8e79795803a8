package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Writes changes into the table of the other store. Whether a row is there is asked before, under the lock of its key: an upsert of
 * MariaDB would take another row with an equal value in some other unique index for it.
 */
final class TargetRows {
    private final Store store;
    private final Table table;
    private final List<String> sharedOthers;
    private final List<String> onlyNew;
    private final Extras extras;

    TargetRows(String migration, Store store, Table table) {
        this.store = store;
        this.table = table;
        this.sharedOthers =
                table.shared().subList(table.key().size(), table.shared().size());
        this.onlyNew = store.hasOnlyNew() ? new ArrayList<>(table.onlyNew().keySet()) : Collections.emptyList();
        this.extras = new Extras(migration);
    }

    /** Deletes first, for a unique value may have gone from one row to another. */
    void write(Connection connection, Collection<Change> changes) throws SQLException {
        StoredKey names = store.storedKey(connection);
        for (Change change : changes) {
            names.check(change.key(), change.shared());
        }
        Set<Change> there = there(connection, changes);
        delete(connection, only(there, Change::isDelete));
        List<Change> updates = only(there, Change::isWrite);
        update(connection, sharedOthers, only(updates, change -> !change.changesOnlyNew()));
        update(connection, joined(sharedOthers, onlyNew), only(updates, Change::changesOnlyNew));
        update(connection, onlyNew, only(there, change -> change.changesOnlyNew() && !change.changesShared()));
        insert(connection, only(changes, change -> change.isWrite() && !there.contains(change)));
        if (!store.hasOnlyNew()) {
            keep(connection, only(changes, Change::changesOnlyNew));
        }
    }

    /** The old store has no columns for them, and keeps them beside. */
    private void keep(Connection connection, List<Change> changes) throws SQLException {
        for (Change change : changes) {
            Map<String, @Nullable String> kept = change.onlyNew(Collections.emptyMap());
            if (kept.isEmpty()) {
                extras.remove(connection, change.key());
            } else {
                extras.put(connection, store.dialect(connection), change.key(), kept);
            }
        }
    }

    void insert(Connection connection, List<Change> changes) throws SQLException {
        List<String> columns = joined(table.shared(), onlyNew);
        String sql = "INSERT INTO " + store.table() + " (" + Sql.list(columns) + ") VALUES ("
                + Sql.marks(columns.size()) + ")";
        Binding binding = (statement, change) -> {
            int next = store.bind(statement, 1, table.shared(), change.shared());
            store.bind(statement, next, onlyNew, change.onlyNew(table.onlyNew()));
        };
        Set<String> generated = store.generated(connection);
        Predicate<Change> isZero = change ->
                generated.stream().anyMatch(column -> "0".equals(change.shared().get(column)));
        batch(connection, sql, only(changes, isZero.negate()), binding);
        batch(connection, store.dialect(connection).insertOfZero(sql), only(changes, isZero), binding);
    }

    private void update(Connection connection, List<String> columns, List<Change> changes) throws SQLException {
        if (columns.isEmpty()) {
            return;
        }
        String sql = "UPDATE " + store.table() + " SET " + Sql.equal(columns, ", ") + kept(connection, columns)
                + " WHERE " + Sql.equal(table.key(), " AND ");
        List<String> shared = columns == onlyNew ? Collections.emptyList() : sharedOthers;
        List<String> own = columns == sharedOthers ? Collections.emptyList() : onlyNew;
        batch(connection, sql, changes, (statement, change) -> {
            int next = store.bind(statement, 1, shared, change.shared());
            next = store.bind(statement, next, own, change.onlyNew(table.onlyNew()));
            store.bind(statement, next, table.key(), change.shared());
        });
    }

    /** What MariaDB's ON UPDATE would set where an update does not. */
    private String kept(Connection connection, List<String> set) throws SQLException {
        if (!store.dialect(connection).isMysql()) {
            return "";
        }
        List<String> others = new ArrayList<>(store.columns());
        others.removeAll(set);
        others.removeAll(table.key());
        return others.isEmpty() ? "" : ", " + Sql.unchanged(others);
    }

    private void delete(Connection connection, List<Change> changes) throws SQLException {
        String sql = "DELETE FROM " + store.table() + " WHERE " + Sql.equal(table.key(), " AND ");
        batch(connection, sql, changes, (statement, change) -> store.bind(statement, 1, table.key(), change.shared()));
    }

    /** Of which the row is there: with their key, and not with one that the database takes for equal, such as "A" for "a". */
    private Set<Change> there(Connection connection, Collection<Change> changes) throws SQLException {
        Set<Change> found = new LinkedHashSet<>();
        if (changes.isEmpty()) {
            return found;
        }
        StoredKey key = store.storedKey(connection);
        Set<String> stored = stored(connection, key, changes);
        for (Change change : changes) {
            if (stored.contains(key.text(change.shared()))) {
                found.add(change);
            }
        }
        return found;
    }

    private Set<String> stored(Connection connection, StoredKey key, Collection<Change> changes) throws SQLException {
        Set<String> stored = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(selectKeys(changes.size()))) {
            int next = 1;
            for (Change change : changes) {
                next = store.bind(statement, next, table.key(), change.shared());
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    stored.add(key.text(store.texts(rows, table.key())));
                }
            }
        } catch (SQLException e) {
            // No row has a key that its column cannot have. PostgreSQL's transaction is over after a failure.
            boolean none = changes.size() == 1
                    && Faults.isOfRow(e)
                    && store.dialect(connection).isMysql();
            if (!none) {
                throw e;
            }
        }
        return stored;
    }

    private String selectKeys(int count) {
        return "SELECT " + Sql.list(table.key()) + " FROM " + store.table() + " WHERE "
                + Sql.isOneOf(table.key(), count);
    }

    private interface Binding {
        void bind(PreparedStatement statement, Change change) throws SQLException;
    }

    private static void batch(Connection connection, String sql, List<Change> changes, Binding binding)
            throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Change change : changes) {
                binding.bind(statement, change);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static List<Change> only(Collection<Change> changes, Predicate<Change> which) {
        return changes.stream().filter(which).collect(Collectors.toList());
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
