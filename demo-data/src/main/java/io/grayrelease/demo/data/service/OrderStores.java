package io.grayrelease.demo.data.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.data.GrayTables;

/** The old and the new database of the orders. Thread-safe. */
public record OrderStores(HikariDataSource old, HikariDataSource ofNew) implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);
    private static final int MOST_CONNECTIONS = 20;

    /** Pools of connections to both; nothing is connected yet. */
    public static OrderStores of(String oldUrl, String newUrl) {
        return new OrderStores(pool("orders-old", oldUrl), pool("orders-new", newUrl));
    }

    private static HikariDataSource pool(String name, String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(LONGEST_WAIT.toMillis());
        config.setInitializationFailTimeout(-1); // the new database may be away
        return new HikariDataSource(config);
    }

    /** What the people of the databases do before the release: the table in both, and the tables of gray-data. */
    public void create() throws SQLException {
        String shared = "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer VARCHAR(40) NOT NULL,"
                + " amount NUMERIC(12, 2) NOT NULL, remark VARCHAR(60) NOT NULL";
        execute(old, shared + ")");
        execute(ofNew, shared + ", channel VARCHAR(20) NOT NULL DEFAULT 'web', coupon VARCHAR(40))");
        GrayTables.create(old);
        GrayTables.create(ofNew);
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        old.close();
        ofNew.close();
    }
}
