package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/** Compares the rows that were written last, while nobody writes: the last look before a store is left. */
final class LastRows {
    private static final int AT_ONCE = 250;

    private final Direction direction;
    private final Table table;
    private @Nullable Canons canons;

    LastRows(Direction direction, Table table) {
        this.direction = direction;
        this.table = table;
    }

    /** @throws SQLException naming the key of a row that differs, or if the time is over */
    void check(Deadline deadline) throws SQLException {
        for (List<Map<String, @Nullable String>> keys :
                Sql.pieces(direction.applier().recent().rows(), AT_ONCE)) {
            deadline.check("the last rows were compared");
            check(keys);
        }
    }

    private void check(List<Map<String, @Nullable String>> keys) throws SQLException {
        List<Map<String, @Nullable String>> here = rows(direction.from(), keys);
        List<Map<String, @Nullable String>> there = rows(direction.to(), keys);
        if (!new HashSet<>(here).equals(new HashSet<>(there))) {
            check(canonical(here), canonical(there));
        }
    }

    private static void check(
            Map<RowKey, Map<String, @Nullable String>> here, Map<RowKey, Map<String, @Nullable String>> there)
            throws SQLException {
        Set<RowKey> all = new TreeSet<>(Comparator.comparing(RowKey::text));
        all.addAll(here.keySet());
        all.addAll(there.keySet());
        for (RowKey key : all) {
            if (!Objects.equals(here.get(key), there.get(key))) {
                throw new SQLException("the row of " + key + " is not the same in both stores");
            }
        }
    }

    /** As a comparison reads rows: what only the types of the columns make different is the same. */
    private Map<RowKey, Map<String, @Nullable String>> canonical(List<Map<String, @Nullable String>> rows)
            throws SQLException {
        Canons forms = canons();
        Map<RowKey, Map<String, @Nullable String>> canonical = new HashMap<>();
        rows.forEach(row -> canonical.put(forms.key(row), forms.row(row)));
        return canonical;
    }

    /** Asks both databases for their columns, only where some text differs: meanwhile nobody writes. */
    private Canons canons() throws SQLException {
        Canons known = canons;
        if (known == null) {
            known = Canons.of(table, direction.from(), direction.to());
            canons = known;
        }
        return known;
    }

    private List<Map<String, @Nullable String>> rows(Store store, List<Map<String, @Nullable String>> keys)
            throws SQLException {
        return Sql.own(store.source(), connection -> rows(connection, store, keys));
    }

    private List<Map<String, @Nullable String>> rows(
            Connection connection, Store store, List<Map<String, @Nullable String>> keys) throws SQLException {
        List<Map<String, @Nullable String>> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(select(store, keys.size()))) {
            int next = 1;
            for (Map<String, @Nullable String> key : keys) {
                next = store.bind(statement, next, table.key(), key);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(store.texts(rows, table.shared()));
                }
            }
        }
        return found;
    }

    private String select(Store store, int count) {
        return "SELECT " + Sql.list(table.shared()) + " FROM " + store.table() + " WHERE "
                + String.join(" OR ", Collections.nCopies(count, "(" + Sql.equal(table.key(), " AND ") + ")"));
    }
}
