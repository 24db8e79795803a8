package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The old and the new store of a test, with the orders' tables, empty. */
final class TwoStores implements AutoCloseable {
    private final Database old;
    private final Database ofNew;
    private volatile DataPhase phase = DataPhase.CAPTURE;

    TwoStores(Database old, Database ofNew) throws SQLException {
        this.old = old;
        this.ofNew = ofNew;
        old.execute(
                "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer VARCHAR(40), amount DECIMAL(12, 2) NOT NULL)");
        ofNew.execute("CREATE TABLE orders_v2 (id BIGINT PRIMARY KEY, customer VARCHAR(40), amount DECIMAL(12, 2)"
                + " NOT NULL, channel VARCHAR(10) NOT NULL, priority INT)");
        GrayTables.create(old.source());
        GrayTables.create(ofNew.source());
        fact(old, "order-v2", phase);
    }

    Database old() {
        return old;
    }

    Database ofNew() {
        return ofNew;
    }

    /** Wishes a phase of the old store as primary, which is the fact at once; processes look when they see the wish. */
    void phase(DataPhase next) throws SQLException {
        fact(old, "order-v2", next);
        phase = next;
    }

    /** What the databases say. */
    Fact fact() throws SQLException {
        return new Facts(
                        "order-v2",
                        Store.old(old.source(), OrderMapper.TABLE),
                        Store.ofNew(ofNew.source(), OrderMapper.TABLE))
                .look();
    }

    /** Makes a phase the fact. */
    static void fact(Database old, String migration, DataPhase phase) throws SQLException {
        old.execute(
                "UPDATE gray_state SET phase = '" + phase + "' WHERE migration = '" + migration + "'",
                "INSERT INTO gray_state (migration, epoch, phase, standing, until_ms, min_version) SELECT '" + migration
                        + "', 1, '" + phase + "', 'OPEN', 0, 0 FROM (SELECT 1 AS one) x WHERE NOT EXISTS"
                        + " (SELECT 1 FROM gray_state WHERE migration = '" + migration + "')");
    }

    /** What people see of it from outside. */
    MigrationTool tool() throws SQLException {
        return MigrationTool.open("order-v2", old.source(), ofNew.source());
    }

    MigrationBuilder<Long, Order> service(OrderMapper version) {
        return service(version, ofNew.source());
    }

    MigrationBuilder<Long, Order> service(OrderMapper version, DataSource insteadOfNew) {
        return service(version, old.source(), insteadOfNew);
    }

    MigrationBuilder<Long, Order> service(OrderMapper version, DataSource insteadOfOld, DataSource insteadOfNew) {
        return Migration.of("order-v2", insteadOfOld, insteadOfNew, version)
                .phase(() -> phase)
                .withoutSteward()
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
