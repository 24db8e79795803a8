package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The old and the new store of a test, with the orders' tables, empty. */
final class TwoStores implements AutoCloseable {
    private final Database old;
    private final Database ofNew;
    private volatile Phase phase = Phase.CAPTURE;

    TwoStores(Database old, Database ofNew) throws SQLException {
        this.old = old;
        this.ofNew = ofNew;
        old.execute(
                "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer VARCHAR(40), amount DECIMAL(12, 2) NOT NULL)");
        ofNew.execute("CREATE TABLE orders_v2 (id BIGINT PRIMARY KEY, customer VARCHAR(40), amount DECIMAL(12, 2)"
                + " NOT NULL, channel VARCHAR(10) NOT NULL, priority INT)");
        GrayTables.create(old.source());
        GrayTables.create(ofNew.source());
    }

    Database old() {
        return old;
    }

    Database ofNew() {
        return ofNew;
    }

    void phase(Phase next) {
        phase = next;
    }

    MigrationBuilder<Long, Order> service(OrderMapper version) {
        return service(version, ofNew.source());
    }

    MigrationBuilder<Long, Order> service(OrderMapper version, DataSource instead) {
        return Migration.of("order-v2", old.source(), instead, version)
                .phase(() -> phase)
                .deadLettersEvery(Duration.ofMillis(200));
    }

    /** The orders of the old store, by id; those of its columns that it does not have are defaults. */
    Map<Long, Order> inOld() throws SQLException {
        return orders(old, "SELECT id, customer, amount, 'web', NULL FROM orders");
    }

    Map<Long, Order> inNew() throws SQLException {
        return orders(ofNew, "SELECT id, customer, amount, channel, priority FROM orders_v2");
    }

    private static Map<Long, Order> orders(Database database, String sql) throws SQLException {
        Map<Long, Order> orders = new TreeMap<>();
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                Number priority = (Number) rows.getObject(5);
                orders.put(
                        rows.getLong(1),
                        new Order(
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getBigDecimal(3),
                                rows.getString(4),
                                priority == null ? null : priority.longValue()));
            }
        }
        return orders;
    }

    /** What both stores must agree on. */
    static Map<Long, String> shared(Map<Long, Order> orders) {
        Map<Long, String> shared = new TreeMap<>();
        orders.forEach((id, order) -> shared.put(id, order.customer() + " " + order.amount()));
        return shared;
    }

    static void awaitDrained(Migration<?, ?> service) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> service.backlog().events() == 0);
    }

    /** The full compare: each row, in both directions. */
    void assertNothingDiffers() throws SQLException {
        assertThat(shared(inNew())).isEqualTo(shared(inOld()));
    }

    @Override
    public void close() {
        old.close();
        ofNew.close();
    }
}
