package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the user of a store must be allowed to, on the way forth and back; README has the same table. Each statement is tried with no
 * row, in a transaction that is rolled back.
 */
final class Rights {
    private static final String NO_ROW = " WHERE 1 = 0";

    private final Store store;
    private final Map<String, String> ofTables;

    private Rights(Store store, Map<String, String> ofTables) {
        this.store = store;
        this.ofTables = ofTables;
    }

    /** S, I, U and D stand for the four statements; locks of rows are those of UPDATE. */
    static Rights ofOld(Store store) {
        Map<String, String> tables = ofBoth();
        tables.put("gray_ext", "SIUD");
        tables.put("gray_meta", "SIU");
        tables.put("gray_process", "SIUD");
        tables.put("gray_table", "SIU");
        return new Rights(store, tables);
    }

    static Rights ofNew(Store store) {
        Map<String, String> tables = ofBoth();
        tables.put("gray_chunk", "SIUD");
        tables.put("gray_diff", "SIUD");
        tables.put("gray_job", "SIUD");
        tables.put("gray_meta", "SIUD");
        return new Rights(store, tables);
    }

    boolean isOfStoreReached() {
        return store.isReached();
    }

    private static Map<String, String> ofBoth() {
        Map<String, String> tables = new LinkedHashMap<>();
        GrayTables.NAMES.forEach(name -> tables.put(name, "S"));
        tables.put("gray_dead", "SIUD");
        tables.put("gray_outbox", "SIUD");
        tables.put("gray_state", "SIU");
        return tables;
    }

    /**
     * The rights that are missing, in the database's words.
     *
     * @throws SQLException if the store is away
     */
    List<String> lacking() throws SQLException {
        return Sql.own(store.source(), connection -> {
            List<String> lacking = new ArrayList<>();
            for (Map.Entry<String, String> table : ofTables.entrySet()) {
                lacking(connection, table.getKey(), table.getValue(), Collections.emptyList(), lacking);
            }
            lacking(connection, store.table(), "SIUD", store.columns(), lacking);
            for (String right : OutboxSequence.lacking(connection)) {
                lacking.add(store.name() + " does not allow " + right + " on the sequence of gray_outbox");
            }
            return lacking;
        });
    }

    private void lacking(
            Connection connection, String table, String letters, List<String> columns, List<String> lacking)
            throws SQLException {
        for (int i = 0; i < letters.length(); i++) {
            String sql = statement(table, letters.charAt(i), columns);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
            } catch (SQLException e) {
                if (Faults.isOfStatement(e)) {
                    lacking.add(store.name() + " does not allow " + sql.substring(0, sql.indexOf(' ')) + " on " + table
                            + ": " + FaultWords.of(e));
                } else if (!Faults.isOfRow(e)) {
                    throw e;
                }
            } finally {
                connection.rollback();
            }
        }
    }

    private String statement(String table, char letter, List<String> columns) {
        switch (letter) {
            case 'I':
                return columns.isEmpty()
                        ? "INSERT INTO " + table + " SELECT * FROM " + table + NO_ROW
                        : "INSERT INTO " + table + " (" + Sql.list(columns) + ") SELECT " + Sql.list(columns) + " FROM "
                                + table + NO_ROW;
            case 'U':
                return "UPDATE " + table + " SET " + updated(columns) + NO_ROW;
            case 'D':
                return "DELETE FROM " + table + NO_ROW;
            default:
                return "SELECT " + (columns.isEmpty() ? "*" : Sql.list(columns)) + " FROM " + table + NO_ROW;
        }
    }

    /** A table of the service may be its key alone: then only its rows' locks need the right. */
    private String updated(List<String> columns) {
        if (columns.isEmpty()) {
            return Sql.unchanged(Collections.singletonList("migration"));
        }
        int keys = store.key().size();
        return Sql.unchanged(columns.subList(columns.size() > keys ? keys : 0, columns.size()));
    }

    @Override
    public String toString() {
        return store.name();
    }
}
