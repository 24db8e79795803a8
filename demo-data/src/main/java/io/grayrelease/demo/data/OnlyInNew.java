package io.grayrelease.demo.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;

import io.grayrelease.demo.DemoException;

/** A row that somebody puts into the new database by hand, past the migration: whoever finds it reads that database. */
record OnlyInNew(Databases databases) {
    private static final long NUMBER = -1;

    /** Does something while it is there. */
    void during(LongConsumer look) {
        execute("INSERT INTO orders (id, customer, amount, remark) VALUES (" + NUMBER + ", 'nobody', 0, 'by hand')");
        try {
            look.accept(NUMBER);
        } finally {
            execute("DELETE FROM orders WHERE id = " + NUMBER);
        }
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
