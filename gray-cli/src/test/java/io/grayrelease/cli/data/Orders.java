package io.grayrelease.cli.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.data.GrayTables;
import io.grayrelease.data.LiveDatabase;
import io.grayrelease.data.Migration;
import io.grayrelease.data.MigrationTool;
import io.grayrelease.policy.model.DataPhase;

/** Orders in an old and a new store, and the services that write them. */
public final class Orders implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Which databases the stores are. */
    public enum Makes {
        H2,
        POSTGRESQL_TO_MARIADB;

        public static List<Makes> installed() {
            return LiveDatabase.areInstalled() ? List.of(values()) : List.of(H2);
        }
    }

    private final String[] options;
    private final HikariDataSource old;
    private final HikariDataSource ofNew;
    private final List<Migration<Long, Order>> services = new ArrayList<>();

    private Orders(LiveDatabase old, LiveDatabase ofNew) throws SQLException {
        this.options = new String[] {
            "--old", old.url(), "--old-user", old.user(), "--new", ofNew.url(), "--new-user", ofNew.user()
        };
        this.old = source(old);
        this.ofNew = source(ofNew);
        GrayTables.create(this.old);
        GrayTables.create(this.ofNew);
        execute(this.old, "CREATE TABLE orders (id BIGINT PRIMARY KEY, customer VARCHAR(40))");
        execute(
                this.ofNew,
                "CREATE TABLE orders_v2 (id BIGINT PRIMARY KEY, customer VARCHAR(40), channel VARCHAR(10) NOT NULL)");
    }

    public static Orders of(Makes makes) throws Exception {
        String name = "orders" + NUMBER.incrementAndGet();
        return makes == Makes.H2
                ? new Orders(h2(name + "o"), h2(name + "n"))
                : new Orders(LiveDatabase.postgresql(name), LiveDatabase.mariaDb(name));
    }

    /** Databases that other processes can open, too; who waits for a lock does so for longer than a test. */
    static Orders onDisk(Path folder) throws SQLException {
        String url = "jdbc:h2:" + folder.resolve("orders") + "%s;AUTO_SERVER=TRUE;LOCK_TIMEOUT=300000";
        return new Orders(new LiveDatabase(url.formatted("-old"), "sa"), new LiveDatabase(url.formatted("-new"), "sa"));
    }

    private static LiveDatabase h2(String name) {
        return new LiveDatabase("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa");
    }

    private static HikariDataSource source(LiveDatabase database) {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(database.url());
        source.setUsername(database.user());
        source.setMinimumIdle(0);
        return source;
    }

    /** What grayctl is told of the stores. */
    public String[] options() {
        return options.clone();
    }

    /** Starts a process of the service, which wishes what its supplier says. */
    public Migration<Long, Order> service(Supplier<DataPhase> wish) throws SQLException {
        Migration<Long, Order> service =
                Migration.of("order-v2", old, ofNew, Order.MAPPER).phase(wish).start();
        services.add(service);
        return service;
    }

    /** Writes orders that were there before any service. */
    public Orders add(int from, int to) throws SQLException {
        for (int id = from; id <= to; id++) {
            execute(old, "INSERT INTO orders VALUES (" + id + ", 'Ann')");
        }
        return this;
    }

    public void inOld(String sql) throws SQLException {
        execute(old, sql);
    }

    public void inNew(String sql) throws SQLException {
        execute(ofNew, sql);
    }

    DataPhase phase() throws SQLException {
        return MigrationTool.open("order-v2", old, ofNew).status().phase();
    }

    Connection connectionOfNew() throws SQLException {
        return ofNew.getConnection();
    }

    /** The rows of a table of the new store. */
    long count(String table) throws SQLException {
        try (Connection connection = ofNew.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(HikariDataSource store, String sql) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        services.forEach(Migration::close);
        old.close();
        ofNew.close();
    }
}
