package io.grayrelease.benchmarks.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;

/** An old and a new store of items. */
record Stores(Make make, HikariDataSource old, HikariDataSource ofNew) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long LOOK_MILLIS = 5;

    /** Makes them, in databases of that name; the old one has so many rows, the new one none. */
    static Stores create(DatabaseServer old, DatabaseServer ofNew, String name, long rows) throws SQLException {
        Stores stores = new Stores(
                old.make(),
                old.create("old_" + name).pool(),
                ofNew.create("new_" + name).pool());
        ItemTables.createOld(old.make(), stores.old(), rows);
        ItemTables.createNew(stores.ofNew());
        return stores;
    }

    /** Waits until no event is left in the outbox of the old store. */
    void awaitDrained() throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (waiting() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "outbox: found events after " + PATIENCE.toSeconds() + " s, expected none");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private long waiting() throws SQLException {
        try (Connection connection = old.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM (SELECT 1 FROM gray_outbox LIMIT 1) w")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        old.close();
        ofNew.close();
    }
}
