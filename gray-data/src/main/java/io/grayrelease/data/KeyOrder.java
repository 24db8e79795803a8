package io.grayrelease.data;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Reads a store's table in the order of its key, without a lock. */
final class KeyOrder {
    private final Store store;
    private final Table table;

    KeyOrder(Store store, Table table) {
        this.store = store;
        this.table = table;
    }

    /** How many rows the table has, by the database's statistics. */
    long estimate() throws SQLException {
        return Sql.own(store.source(), connection -> store.dialect(connection).estimate(connection, store.table()));
    }

    /** The key of the row so many rows after another key, or after none; null where there are fewer. From the index alone. */
    @Nullable
    Map<String, @Nullable String> boundary(@Nullable Map<String, @Nullable String> low, int rows) throws SQLException {
        List<Map<String, @Nullable String>> last =
                select(table.key(), new KeyRange(low, null), "1 OFFSET " + (rows - 1));
        return last.isEmpty() ? null : last.get(0);
    }

    /** The keys of a range after the first so many, from the index alone. */
    List<Map<String, @Nullable String>> keys(KeyRange range, int most, long after) throws SQLException {
        return select(table.key(), range, most + " OFFSET " + after);
    }

    /** The first rows of a range, at most so many. */
    List<Map<String, @Nullable String>> rows(KeyRange range, int most) throws SQLException {
        return select(table.shared(), range, "" + most);
    }

    private List<Map<String, @Nullable String>> select(List<String> columns, KeyRange range, String limit)
            throws SQLException {
        return Sql.own(store.source(), connection -> {
            List<Map<String, @Nullable String>> found = new ArrayList<>();
            String sql = "SELECT " + Sql.list(columns) + " FROM " + store.table() + " WHERE "
                    + within(store.dialect(connection), range) + " ORDER BY " + Sql.list(table.key()) + " LIMIT "
                    + limit;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, 1, range);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(store.texts(rows, columns));
                    }
                }
            }
            return found;
        });
    }

    /** That a key lies in a range; the parameters are those of {@link #bind}. */
    String within(Dialect dialect, KeyRange range) {
        String after = range.low() == null ? "1 = 1" : dialect.after(table.key());
        return range.high() == null ? after : after + " AND " + dialect.upTo(table.key());
    }

    /** Binds the keys of a range, and says which parameter comes next. */
    int bind(PreparedStatement statement, int from, KeyRange range) throws SQLException {
        int next = from;
        for (Map<String, @Nullable String> key : bounds(range)) {
            next = store.bind(statement, next, bound(store.dialect(statement.getConnection())), key);
        }
        return next;
    }

    private static List<Map<String, @Nullable String>> bounds(KeyRange range) {
        List<Map<String, @Nullable String>> bounds = new ArrayList<>();
        if (range.low() != null) {
            bounds.add(range.low());
        }
        if (range.high() != null) {
            bounds.add(range.high());
        }
        return bounds;
    }

    private List<String> bound(Dialect dialect) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < table.key().size(); i++) {
            columns.addAll(Collections.nCopies(
                    dialect.timesInAfter(table.key(), i), table.key().get(i)));
        }
        return columns;
    }
}
