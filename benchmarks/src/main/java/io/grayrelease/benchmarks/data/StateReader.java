package io.grayrelease.benchmarks.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.NoSuchElementException;
import javax.sql.DataSource;

/** Reads all rows of a store in the order of their keys, some thousand at a time. Not thread-safe. */
final class StateReader implements Iterator<State>, AutoCloseable {
    private static final int FETCHED = 5_000;

    private final Connection connection;
    private final Statement statement;
    private final ResultSet rows;
    private boolean there;

    private StateReader(DataSource store, String sql) throws SQLException {
        this.connection = store.getConnection();
        connection.setAutoCommit(false); // else PostgreSQL's driver reads all of it at once
        this.statement = connection.createStatement();
        statement.setFetchSize(FETCHED);
        this.rows = statement.executeQuery(sql);
        this.there = rows.next();
    }

    static StateReader ofOld(DataSource store) throws SQLException {
        return new StateReader(
                store, "SELECT id, revision, customer, amount, note, 0 AS new_revision FROM items ORDER BY id");
    }

    static StateReader ofNew(DataSource store) throws SQLException {
        return new StateReader(
                store, "SELECT id, revision, customer, amount, note, new_revision FROM items_v2 ORDER BY id");
    }

    @Override
    public boolean hasNext() {
        return there;
    }

    @Override
    public State next() {
        if (!there) {
            throw new NoSuchElementException();
        }
        try {
            long id = rows.getLong(1);
            long revision = rows.getLong(2);
            String shared = revision + "|" + rows.getString(3) + "|"
                    + rows.getBigDecimal(4).toPlainString() + "|" + rows.getString(5);
            State state = new State(id, revision, shared, rows.getLong(6));
            there = rows.next();
            return state;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        statement.close();
        connection.rollback();
        connection.setAutoCommit(true);
        connection.close();
    }
}
