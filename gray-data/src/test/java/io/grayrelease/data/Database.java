package io.grayrelease.data;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** An empty database of a test, of one of three makes. */
final class Database implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    // A busy machine is slow to connect; a store that was killed answers at once that it is not there.
    private static final long CONNECTION_MILLIS = 5_000;

    enum Make {
        H2,
        POSTGRESQL,
        MARIADB
    }

    private final HikariDataSource source;

    private Database(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(12);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(CONNECTION_MILLIS);
        config.setInitializationFailTimeout(-1);
        this.source = new HikariDataSource(config);
    }

    /** A database on the server of its make that all tests share. */
    static Database of(Make make) throws Exception {
        return switch (make) {
            case POSTGRESQL -> on(LivePostgresql.shared());
            case MARIADB -> on(LiveMariaDb.shared());
            case H2 -> new Database(
                    "jdbc:h2:mem:test" + NUMBER.incrementAndGet() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa");
        };
    }

    static Database on(LiveServer server) throws Exception {
        String name = "test" + NUMBER.incrementAndGet();
        server.execute("CREATE DATABASE " + name);
        return new Database(server.url(name), server.user());
    }

    /** One of PostgreSQL whose encoding has few characters. */
    static Database inLatin1() throws Exception {
        LivePostgresql server = LivePostgresql.shared();
        String name = "test" + NUMBER.incrementAndGet();
        server.execute("CREATE DATABASE " + name + " ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        return new Database(server.url(name), server.user());
    }

    HikariDataSource source() {
        return source;
    }

    /** A pool of its own whose connections do not commit by themselves; to be closed. */
    HikariDataSource sourceWithoutAutoCommit() {
        HikariConfig config = new HikariConfig();
        source.copyStateTo(config);
        config.setAutoCommit(false);
        return new HikariDataSource(config);
    }

    /** A pool of its own with more options of the driver, {@code name=value}, or none; to be closed. */
    HikariDataSource sourceWith(String options) {
        HikariConfig config = new HikariConfig();
        source.copyStateTo(config);
        String url = source.getJdbcUrl();
        config.setJdbcUrl(options.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + options);
        return new HikariDataSource(config);
    }

    /** A pool of its own of another user; to be closed. */
    HikariDataSource sourceOf(String user) {
        HikariConfig config = new HikariConfig();
        source.copyStateTo(config);
        config.setUsername(user);
        return new HikariDataSource(config);
    }

    interface Before {
        void connection() throws Exception;
    }

    /** The same after something that may take its time, or fail as if the store were away. */
    DataSource sourceAfter(Before before) {
        return (DataSource) Proxy.newProxyInstance(
                Database.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    before.connection();
                    return method.invoke(source, arguments);
                });
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
