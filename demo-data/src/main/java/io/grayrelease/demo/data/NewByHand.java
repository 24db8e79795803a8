package io.grayrelease.demo.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;

import io.grayrelease.demo.DemoException;

/** What somebody does in the new database by hand, past the migration; with rows that the traffic leaves alone. */
record NewByHand(Databases databases) {
    private static final long NUMBER = -1;
    private static final String INSERT =
            "INSERT INTO orders (id, customer, amount, remark) VALUES (" + NUMBER + ", 'nobody', 0, 'by hand')";

    /** Does something while a row is there that the old database does not have: whoever finds it reads the new one. */
    void withRow(LongConsumer look) {
        execute(INSERT);
        try {
            look.accept(NUMBER);
        } finally {
            execute("DELETE FROM orders WHERE id = " + NUMBER);
        }
    }

    /** Spoils three rows: one differs, one is missing, one is too many. */
    void spoil() {
        execute("UPDATE orders SET amount = amount + 1 WHERE id = 1");
        execute("DELETE FROM orders WHERE id = 2");
        execute(INSERT);
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(databases.newUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DemoException("the new database did not take a row: " + e.getMessage(), e);
        }
    }
}
