package io.grayrelease.demo.data.traffic;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

import io.grayrelease.demo.data.api.Order;

/** The orders that are there before the release; each follows from its number. */
public final class FirstOrders {
    private static final int BATCH = 5_000;
    private static final int CUSTOMERS = 1_000;

    private FirstOrders() {}

    static Order of(long number) {
        return new Order(
                number,
                "customer-" + number % CUSTOMERS,
                BigDecimal.valueOf(100 + number * 37 % 50_000, 2),
                "first",
                "web",
                null);
    }

    /** Writes the numbers 1 to {@code orders} into the old database. */
    public static void load(DataSource old, int orders) throws SQLException {
        try (Connection connection = old.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO orders (id, customer, amount, remark) VALUES (?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            for (int number = 1; number <= orders; number++) {
                add(insert, of(number));
                if (number % BATCH == 0 || number == orders) {
                    insert.executeBatch();
                }
            }
            connection.commit();
        }
    }

    private static void add(PreparedStatement insert, Order order) throws SQLException {
        insert.setLong(1, order.number());
        insert.setString(2, order.customer());
        insert.setBigDecimal(3, order.amount());
        insert.setString(4, order.remark());
        insert.addBatch();
    }
}
