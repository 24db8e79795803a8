package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/** What goes on where a store refuses a text, whatever it holds. */
final class Refusal {
    private Refusal() {}

    interface Step {
        void run() throws SQLException;
    }

    /** Takes a step in a transaction, or another if the first is refused for what is in a row. */
    static void either(Connection connection, Step first, Step other) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            first.run();
        } catch (SQLException e) {
            if (!Faults.isOfRow(e)) {
                throw e;
            }
            connection.rollback(before);
            other.run();
        }
    }

    interface Question<K> {
        void of(List<K> keys) throws SQLException;
    }

    /** Asks a store for keys, and says which it did not refuse: one that it cannot hold is not there, and the others may be. */
    static <K> List<K> ask(List<K> keys, Question<K> question) throws SQLException {
        try {
            question.of(keys);
            return keys;
        } catch (SQLException e) {
            if (!Faults.isOfRow(e)) {
                throw e;
            }
        }
        List<K> fitting = new ArrayList<>();
        for (List<K> part : keys.size() == 1 ? new ArrayList<List<K>>() : Sql.pieces(keys, (keys.size() + 1) / 2)) {
            fitting.addAll(ask(part, question));
        }
        return fitting;
    }
}
