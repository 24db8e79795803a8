package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Reads the old table in the order of its key, chunk by chunk, without a lock. */
final class Chunks {
    private final Store store;
    private final Table table;

    Chunks(Store store, Table table) {
        this.store = store;
        this.table = table;
    }

    /** The rows after a key, or the first ones. */
    List<Map<String, @Nullable String>> after(@Nullable Map<String, @Nullable String> last, int most)
            throws SQLException {
        return Sql.own(store.source(), connection -> after(connection, last, most));
    }

    private List<Map<String, @Nullable String>> after(
            Connection connection, @Nullable Map<String, @Nullable String> last, int most) throws SQLException {
        List<Map<String, @Nullable String>> chunk = new ArrayList<>(most);
        try (PreparedStatement statement = connection.prepareStatement(sql(store.dialect(connection), last != null))) {
            int next = 1;
            if (last != null) {
                next = store.bind(statement, 1, bound(store.dialect(connection)), last);
            }
            statement.setInt(next, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    chunk.add(store.texts(rows, table.shared()));
                }
            }
        }
        return chunk;
    }

    private String sql(Dialect dialect, boolean resumed) {
        return "SELECT " + Sql.list(table.shared()) + " FROM " + store.table()
                + (resumed ? " WHERE " + dialect.after(table.key()) : "")
                + " ORDER BY " + Sql.list(table.key()) + " LIMIT ?";
    }

    private List<String> bound(Dialect dialect) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < table.key().size(); i++) {
            for (int times = dialect.timesInAfter(table.key(), i); times > 0; times--) {
                columns.add(table.key().get(i));
            }
        }
        return columns;
    }
}
