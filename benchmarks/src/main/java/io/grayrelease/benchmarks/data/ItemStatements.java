package io.grayrelease.benchmarks.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The statements of a service that writes items by itself. */
final class ItemStatements {
    private final String update;
    private final String insert;
    private final String upsert;
    private final String delete;
    private final boolean knowsNew;

    private ItemStatements(Make make, String table, List<String> columns) {
        List<String> others = columns.subList(1, columns.size());
        String values = others.stream().map(column -> "?").collect(Collectors.joining(", "));
        this.update = "UPDATE " + table + " SET " + String.join(" = ?, ", others) + " = ? WHERE id = ?";
        // The id last, as in the update.
        this.insert = "INSERT INTO " + table + " (" + String.join(", ", others) + ", id) VALUES (" + values + ", ?)";
        this.upsert = make.upsert(insert, others);
        this.delete = "DELETE FROM " + table + " WHERE id = ?";
        this.knowsNew = columns.size() > ItemTables.SHARED.size();
    }

    static ItemStatements old(Make make) {
        return new ItemStatements(make, "items", ItemTables.SHARED);
    }

    /** Of the new store; what an old version does not know, it does not write. */
    static ItemStatements ofNew(Make make, boolean knowsNew) {
        return new ItemStatements(make, "items_v2", knowsNew ? ItemTables.ALL : ItemTables.SHARED);
    }

    /** What is done in a transaction. */
    interface Work {
        Outcome in(Connection connection) throws SQLException;
    }

    static Outcome transaction(DataSource store, Work work) throws SQLException {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Outcome outcome = work.in(connection);
                connection.commit();
                return outcome;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** As a service does it: updates, and inserts if there is no such row. */
    Outcome updateOrInsert(Connection connection, Item item) throws SQLException {
        if (execute(connection, update, item) > 0) {
            return Outcome.UPDATED;
        }
        execute(connection, insert, item);
        return Outcome.INSERTED;
    }

    /** In one statement. */
    void upsert(Connection connection, Item item) throws SQLException {
        execute(connection, upsert, item);
    }

    Outcome delete(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setLong(1, id);
            return statement.executeUpdate() > 0 ? Outcome.DELETED : Outcome.NOTHING;
        }
    }

    private int execute(Connection connection, String sql, Item item) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int next = 1;
            statement.setLong(next++, item.revision());
            statement.setString(next++, item.customer());
            statement.setBigDecimal(next++, item.amount());
            statement.setString(next++, item.note());
            if (knowsNew) {
                statement.setString(next++, item.channel());
                statement.setLong(next++, item.newRevision());
            }
            statement.setLong(next, item.id());
            return statement.executeUpdate();
        }
    }
}
