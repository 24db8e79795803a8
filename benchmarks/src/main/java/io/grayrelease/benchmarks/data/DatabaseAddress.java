package io.grayrelease.benchmarks.data;

import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Where a database is; as a text, for another process. */
record DatabaseAddress(Make make, String url, String user) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 16;

    static DatabaseAddress parse(String text) {
        String[] parts = text.split(" ");
        return new DatabaseAddress(Make.valueOf(parts[0]), parts[1], parts[2]);
    }

    /** A pool as a service has one, which may be made while the server is away. */
    HikariDataSource pool() {
        return pool(PATIENCE);
    }

    /** @param patience of who wants a connection */
    HikariDataSource pool(Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1); // there are many pools
        config.setConnectionTimeout(patience.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    @Override
    public String toString() {
        return make + " " + url + " " + user;
    }
}
