package io.grayrelease.cli.data;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * Where a store is, and who may look. A password may stand in the URL too, so no text says it.
 *
 * @param name as people read it, {@code the old store}
 */
record StorePlace(String name, String url, @Nullable String user, @Nullable String password) {
    private static final Pattern SCHEME = Pattern.compile("(jdbc:[A-Za-z0-9]+:).*", Pattern.DOTALL);
    private static final Pattern HAS_LIMIT = Pattern.compile("(?i).*\\bconnectTimeout=.*", Pattern.DOTALL);
    private static final long REACH_SECONDS = 2;
    private static final long VALIDATION_MILLIS = 2_000;

    /**
     * Looks whether there is a driver.
     *
     * @throws IllegalArgumentException if there is none
     */
    StorePlace {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            Matcher scheme = SCHEME.matcher(url);
            throw new IllegalArgumentException(
                    name + ": found " + (scheme.matches() ? scheme.group(1) + "..." : "no JDBC URL")
                            + ", expected jdbc:postgresql://HOST/DATABASE, or jdbc:mariadb://HOST/DATABASE, which is"
                            + " for MySQL too",
                    e);
        }
    }

    /**
     * A small pool; does not connect yet.
     *
     * @param millis how long who wants a connection waits for it
     */
    HikariDataSource open(int connections, long millis) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(millis);
        config.setValidationTimeout(VALIDATION_MILLIS);
        limit(config);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** Less than the pool's own limit, which would hide that nobody was there. */
    private void limit(HikariConfig config) {
        if (HAS_LIMIT.matcher(url).matches()) {
            return;
        }
        if (url.startsWith("jdbc:postgresql:")) {
            config.addDataSourceProperty("connectTimeout", Long.toString(REACH_SECONDS));
        } else if (url.startsWith("jdbc:mariadb:")) {
            config.addDataSourceProperty("connectTimeout", Long.toString(TimeUnit.SECONDS.toMillis(REACH_SECONDS)));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
