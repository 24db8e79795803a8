package io.grayrelease.data;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/** What a comparison reads of one of the two stores; all of it without a lock. Thread-safe. */
final class ComparedStore {
    private static final int KEYS_AT_ONCE = 500;

    private final Store store;
    private final Table table;
    private final Canons canons;
    private final KeyOrder order;
    private final @Nullable RowHash hash;
    /** What the hash is taken of. */
    private final @Nullable String hashed;

    ComparedStore(Store store, Table table, Canons canons, @Nullable RowHash hash, @Nullable String hashed) {
        this.store = store;
        this.table = table;
        this.canons = canons;
        this.order = new KeyOrder(store, table);
        this.hash = hash;
        this.hashed = hashed;
    }

    Store store() {
        return store;
    }

    private interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    /** How many rows a range has; and their hash, where the database takes it. */
    Sum sum(KeyRange range) throws SQLException {
        return query(dialect -> "COUNT(*)" + total(dialect), range, rows -> {
            rows.next();
            return new Sum(rows.getLong(1), hash == null ? 0 : lower(rows.getBigDecimal(2)));
        });
    }

    /** MySQL's functions give NULL for a row that is too long for them: it must not pass for an equal one. */
    private String total(Dialect dialect) {
        if (hash == null || hashed == null) {
            return "";
        }
        String each = hash.summed(dialect, hashed);
        int random = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        return ", " + hash.total(dialect.isMysql() ? "COALESCE(" + each + ", " + random + ")" : each);
    }

    private static long lower(@Nullable BigDecimal sum) {
        return sum == null ? 0 : sum.toBigInteger().longValue();
    }

    /** The rows of a range by their keys, each as something that is equal for equal rows. */
    Map<RowKey, Object> rows(KeyRange range) throws SQLException {
        List<String> columns = hash == null ? table.shared() : table.key();
        return query(
                dialect ->
                        Sql.list(columns) + (hash == null || hashed == null ? "" : ", " + hash.hash(dialect, hashed)),
                range,
                rows -> {
                    Map<RowKey, Object> found = new HashMap<>();
                    while (rows.next()) {
                        Map<String, @Nullable String> texts = store.texts(rows, columns);
                        found.put(
                                canons.key(texts), hash == null ? canons.row(texts) : hashOf(rows, columns.size() + 1));
                    }
                    return found;
                });
    }

    private static Object hashOf(ResultSet rows, int index) throws SQLException {
        BigDecimal value = rows.getBigDecimal(index);
        return value == null ? new Object() : (Object) lower(value);
    }

    private interface Selected {
        String in(Dialect dialect);
    }

    private <T> T query(Selected selected, KeyRange range, Reading<T> reading) throws SQLException {
        return Sql.one(store.source(), connection -> {
            Dialect dialect = store.dialect(connection);
            String sql = "SELECT " + selected.in(dialect) + " FROM " + store.table() + " WHERE "
                    + order.within(dialect, range);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                order.bind(statement, 1, range);
                try (ResultSet rows = statement.executeQuery()) {
                    return reading.of(rows);
                }
            }
        });
    }

    /** The first key, or null. */
    @Nullable
    Map<String, @Nullable String> first() throws SQLException {
        return middle(new KeyRange(null, null), 0);
    }

    /** The key that has so many keys of the range before it, or null. */
    @Nullable
    Map<String, @Nullable String> middle(KeyRange range, long rows) throws SQLException {
        List<Map<String, @Nullable String>> keys = order.keys(range, 1, rows);
        return keys.isEmpty() ? null : keys.get(0);
    }

    /** The rows of some keys, in their canonical form; those that are there. */
    Map<RowKey, Map<String, @Nullable String>> read(Collection<RowKey> keys) throws SQLException {
        Map<RowKey, Map<String, @Nullable String>> found = new HashMap<>();
        for (List<RowKey> some : Sql.pieces(new ArrayList<>(keys), KEYS_AT_ONCE)) {
            read(some, found);
        }
        return found;
    }

    private void read(List<RowKey> keys, Map<RowKey, Map<String, @Nullable String>> found) throws SQLException {
        Reading<Integer> reading = rows -> {
            while (rows.next()) {
                Map<String, @Nullable String> texts = store.texts(rows, table.shared());
                found.put(canons.key(texts), canons.row(texts));
            }
            return found.size();
        };
        try {
            of(keys, table.shared(), reading);
        } catch (SQLException e) {
            List<RowKey> fitting =
                    Faults.isOfRow(e) ? Refusal.ask(keys, some -> of(some, table.key(), rows -> 0)) : keys;
            if (fitting.size() == keys.size()) {
                throw e;
            }
            if (!fitting.isEmpty()) {
                of(fitting, table.shared(), reading);
            }
        }
    }

    private <T> T of(List<RowKey> keys, List<String> columns, Reading<T> reading) throws SQLException {
        String sql = "SELECT " + Sql.list(columns) + " FROM " + store.table() + " WHERE "
                + Sql.isOneOf(table.key(), keys.size());
        return Sql.own(store.source(), connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int next = 1;
                for (RowKey key : keys) {
                    next = store.bind(statement, next, table.key(), key.values());
                }
                try (ResultSet rows = statement.executeQuery()) {
                    return reading.of(rows);
                }
            }
        });
    }
}
