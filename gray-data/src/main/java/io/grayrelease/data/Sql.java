package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions, and pieces of statements. */
final class Sql {
    private static final Logger LOG = LoggerFactory.getLogger(Sql.class);

    private Sql() {}

    /** Work in a transaction. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /**
     * A transaction of our own. It reads what is committed: under MariaDB's default, rows that we take with FOR UPDATE would lock the
     * gap behind them too, where the service's writes want to insert.
     */
    static <T> T own(DataSource store, Work<T> work) throws SQLException {
        try (Connection connection = store.getConnection()) {
            return Dialect.of(connection) == Dialect.H2
                    ? ownOfH2(connection, work)
                    : committed(connection, same -> {
                        readCommitted(same);
                        return work.in(same);
                    });
        }
    }

    /**
     * Has a transaction, of which this is the first statement, see what is committed while it waits. It alone: nothing has to be asked
     * before and set again after.
     */
    static void readCommitted(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        }
    }

    /** H2 knows it of sessions only. */
    private static <T> T ownOfH2(Connection connection, Work<T> work) throws SQLException {
        int before = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try {
            return committed(connection, work);
        } finally {
            quietly(() -> connection.setTransactionIsolation(before));
        }
    }

    /** One statement, which the database commits by itself, whatever the pool's connections do otherwise. */
    static <T> T one(DataSource store, Work<T> work) throws SQLException {
        try (Connection connection = store.getConnection()) {
            if (connection.getAutoCommit()) {
                return work.in(connection);
            }
            connection.setAutoCommit(true);
            try {
                return work.in(connection);
            } finally {
                quietly(() -> connection.setAutoCommit(false));
            }
        }
    }

    /** A transaction as the service's settings want it. */
    static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        boolean before = connection.getAutoCommit();
        if (before) {
            connection.setAutoCommit(false);
        }
        try {
            T result = work.in(connection);
            connection.commit();
            quietly(() -> connection.setAutoCommit(before));
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            quietly(() -> {
                connection.rollback();
                // Not where the rollback failed: it would commit what is left of the transaction.
                connection.setAutoCommit(before);
            });
            throw e;
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** What fails here fails on a broken connection, after the fate of the transaction is known: it must not hide that. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            LOG.debug("gray: a connection is broken", e);
        }
    }

    /** A list in pieces of so many at most, for statements that take no more at once. */
    static <T> List<List<T>> pieces(List<T> all, int most) {
        List<List<T>> pieces = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            pieces.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return pieces;
    }

    /** The texts of a query's first column. */
    static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** That a key is one of so many. */
    static String isOneOf(List<String> key, int count) {
        boolean single = key.size() == 1;
        String one = single ? "?" : "(" + marks(key.size()) + ")";
        return (single ? key.get(0) : "(" + list(key) + ")") + " IN ("
                + String.join(", ", Collections.nCopies(count, one)) + ")";
    }

    /** Assignments that leave some columns as they are. */
    static String unchanged(Collection<String> columns) {
        return columns.stream().map(column -> column + " = " + column).collect(Collectors.joining(", "));
    }

    /** Question marks for a list of so many values. */
    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    static String list(Collection<String> columns) {
        return String.join(", ", columns);
    }

    /** {@code a = ?} for each column, joined. */
    static String equal(Collection<String> columns, String joint) {
        return columns.stream().map(column -> column + " = ?").collect(Collectors.joining(joint));
    }
}
