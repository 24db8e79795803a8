package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** A key of MariaDB or MySQL, by which a table is read in order. */
final class MysqlKey {
    private MysqlKey() {}

    /**
     * Refuses an ENUM or SET: it is ordered by the number of its name, and compared with a text by the name, so that rows would be
     * left out. The driver calls both CHAR.
     *
     * @throws IllegalArgumentException naming such a column
     */
    static void check(Connection connection, String table, List<String> key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SHOW COLUMNS FROM " + table);
                ResultSet columns = statement.executeQuery()) {
            while (columns.next()) {
                String name = columns.getString(1);
                if (key.stream().anyMatch(name::equalsIgnoreCase)) {
                    check(name, columns.getString(2).toUpperCase(Locale.ROOT));
                }
            }
        }
    }

    private static void check(String column, String type) {
        if (type.startsWith("ENUM(") || type.startsWith("SET(")) {
            throw new IllegalArgumentException("column " + column + ": found type "
                    + type.substring(0, type.indexOf('(')) + " in the key, expected a number or VARCHAR");
        }
    }
}
