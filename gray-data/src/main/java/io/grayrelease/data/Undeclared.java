package io.grayrelease.data;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Columns of the old table that a migration does not speak of: they would be lost, and a comparison would be clean without them. */
final class Undeclared {
    private final Store old;
    private final Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    Undeclared(Store old, Table table) {
        this.old = old;
        known.addAll(table.shared());
        known.addAll(table.left());
    }

    /** Adds a reason if there are some. */
    void columns(List<String> reasons) throws SQLException {
        List<String> unknown = Sql.own(old.source(), connection -> {
            try (PreparedStatement statement =
                            connection.prepareStatement("SELECT * FROM " + old.table() + " WHERE 1 = 0");
                    ResultSet none = statement.executeQuery()) {
                return unknown(none.getMetaData());
            }
        });
        if (!unknown.isEmpty()) {
            reasons.add(old.table() + " has columns that the migration does not declare, and that would be lost: "
                    + String.join(", ", unknown) + "; declare them with shared(" + quoted(unknown)
                    + "), or with leaves(" + quoted(unknown) + ") if they are to stay behind");
        }
    }

    /** As they are written in Java. */
    private static String quoted(List<String> columns) {
        return '"' + String.join("\", \"", columns) + '"';
    }

    private List<String> unknown(ResultSetMetaData columns) throws SQLException {
        List<String> unknown = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (!known.contains(columns.getColumnName(i))) {
                unknown.add(columns.getColumnName(i).toLowerCase(Locale.ROOT));
            }
        }
        return unknown;
    }
}
