package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The columns that only the new store has, kept in the old one beside its table, which has no place for them. So a row loses
 * nothing when it goes from one store to the other and back.
 */
final class Extras {
    /** The body of one key, as a column of a SELECT. */
    static final String COLUMN = "(SELECT body FROM gray_ext WHERE migration = ? AND row_key = ?)";

    private static final String DELETE = "DELETE FROM gray_ext WHERE migration = ? AND row_key = ?";
    private static final String FIND = "SELECT row_key, body FROM gray_ext WHERE migration = ? AND row_key IN (";

    private final String migration;

    Extras(String migration) {
        this.migration = migration;
    }

    String migration() {
        return migration;
    }

    /** Keeps those of a key, under the lock of its row or of its version. */
    void put(Connection connection, Dialect dialect, String key, Map<String, @Nullable String> onlyNew)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.putExtras())) {
            statement.setString(1, migration);
            statement.setString(2, key);
            statement.setString(3, ImageText.write(Image.written(Collections.emptyMap(), onlyNew)));
            statement.executeUpdate();
        }
    }

    void remove(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, migration);
            statement.setString(2, key);
            statement.executeUpdate();
        }
    }

    /** Those of some keys, by key; a key that has none is left out. */
    Map<String, Map<String, @Nullable String>> find(Connection connection, Collection<String> keys)
            throws SQLException {
        Map<String, Map<String, @Nullable String>> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(FIND + Sql.marks(keys.size()) + ")")) {
            statement.setString(1, migration);
            int index = 2;
            for (String key : keys) {
                statement.setString(index++, key);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), read(rows.getString(2)));
                }
            }
        }
        return found;
    }

    /** What a body says; nothing for none. */
    static Map<String, @Nullable String> read(@Nullable String body) throws SQLException {
        return body == null ? Collections.emptyMap() : ImageText.read(body).onlyNew();
    }
}
