package io.grayrelease.benchmarks.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

import io.grayrelease.data.GrayTables;

/** The tables of items in both stores. */
final class ItemTables {
    static final List<String> SHARED = List.of("id", "revision", "customer", "amount", "note");
    static final List<String> ALL = List.of("id", "revision", "customer", "amount", "note", "channel", "new_revision");

    private static final String COLUMNS = "id BIGINT PRIMARY KEY, revision BIGINT NOT NULL, customer VARCHAR(40),"
            + " amount DECIMAL(12, 2) NOT NULL, note VARCHAR(100)";

    private ItemTables() {}

    /** Makes the old store's, with so many rows. */
    static void createOld(Make make, DataSource old, long rows) throws SQLException {
        GrayTables.create(old);
        execute(
                old,
                "CREATE TABLE items (" + COLUMNS + ")",
                load("items", make, rows),
                make == Make.POSTGRESQL ? "ANALYZE items" : "ANALYZE TABLE items");
    }

    /** Fills the new store's, as a copy would. */
    static void fillNew(Make make, DataSource ofNew, long rows) throws SQLException {
        execute(ofNew, load("items_v2", make, rows));
    }

    private static String load(String table, Make make, long rows) {
        return "INSERT INTO " + table + " (id, revision, customer, amount, note) SELECT n, 0,"
                + " CONCAT('customer-', n % 10000), n % 1000,"
                + " CONCAT('left at the door, the bell is broken, ring twice', n % 10) FROM " + make.numbers(rows);
    }

    /** Makes the new store's, without rows. */
    static void createNew(DataSource ofNew) throws SQLException {
        GrayTables.create(ofNew);
        execute(
                ofNew,
                "CREATE TABLE items_v2 (" + COLUMNS
                        + ", channel VARCHAR(10) DEFAULT 'web' NOT NULL, new_revision BIGINT DEFAULT 0 NOT NULL)");
    }

    static void execute(DataSource store, String... statements) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
