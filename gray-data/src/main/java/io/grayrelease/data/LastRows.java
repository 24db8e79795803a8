package io.grayrelease.data;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/** Compares the rows that were written last, while nobody writes: the last look before a store is left. */
final class LastRows {
    private static final int AT_ONCE = 250;

    private final Direction direction;
    private final Table table;

    LastRows(Direction direction, Table table) {
        this.direction = direction;
        this.table = table;
    }

    /** @throws SQLException naming the key of a row that differs, or if the time is over */
    void check(Deadline deadline) throws SQLException {
        List<Map<String, @Nullable String>> keys = direction.applier().recent().rows();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            deadline.check("the last rows were compared");
            check(keys.subList(from, Math.min(keys.size(), from + AT_ONCE)));
        }
    }

    private void check(List<Map<String, @Nullable String>> keys) throws SQLException {
        Map<String, Map<String, @Nullable String>> here = rows(direction.from(), keys);
        Map<String, Map<String, @Nullable String>> there = rows(direction.to(), keys);
        TreeSet<String> all = new TreeSet<>(here.keySet());
        all.addAll(there.keySet());
        for (String key : all) {
            if (!equal(here.get(key), there.get(key))) {
                throw new SQLException("the row of " + key + " is not the same in both stores");
            }
        }
    }

    private Map<String, Map<String, @Nullable String>> rows(Store store, List<Map<String, @Nullable String>> keys)
            throws SQLException {
        return Sql.own(store.source(), connection -> rows(connection, store, keys));
    }

    private Map<String, Map<String, @Nullable String>> rows(
            Connection connection, Store store, List<Map<String, @Nullable String>> keys) throws SQLException {
        Map<String, Map<String, @Nullable String>> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(select(store, keys.size()))) {
            int next = 1;
            for (Map<String, @Nullable String> key : keys) {
                next = store.bind(statement, next, table.key(), key);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Map<String, @Nullable String> row = store.texts(rows, table.shared());
                    found.put(KeyText.of(table.key(), row), row);
                }
            }
        }
        return found;
    }

    private String select(Store store, int count) {
        return "SELECT " + Sql.list(table.shared()) + " FROM " + store.table() + " WHERE "
                + String.join(" OR ", Collections.nCopies(count, "(" + Sql.equal(table.key(), " AND ") + ")"));
    }

    private boolean equal(@Nullable Map<String, @Nullable String> here, @Nullable Map<String, @Nullable String> there) {
        if (here == null || there == null) {
            return here == there;
        }
        return table.shared().stream().allMatch(column -> equal(column, here.get(column), there.get(column)));
    }

    /** As the columns read them: 5 and 5.00 are one, so are true and 1. */
    private boolean equal(String column, @Nullable String here, @Nullable String there) {
        if (Objects.equals(here, there)) {
            return true;
        }
        try {
            return here != null && there != null && equalValues(column, here, there);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private boolean equalValues(String column, String here, String there) {
        Object one = direction.to().value(column, here);
        Object other = direction.to().value(column, there);
        if (one instanceof BigDecimal && other instanceof BigDecimal) {
            return ((BigDecimal) one).compareTo((BigDecimal) other) == 0;
        }
        return Objects.equals(Texts.of(one), Texts.of(other));
    }
}
