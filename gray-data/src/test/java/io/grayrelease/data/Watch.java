package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks at the databases all the time: never are two stores open, and versions never fall. */
final class Watch implements AutoCloseable {
    private static final long EVERY_NANOS = 3_000_000;

    private final TwoStores stores;
    private final Thread thread = new Thread(this::run, "watch");
    private final Map<String, Long> highest = new HashMap<>();
    private volatile boolean stopped;
    private volatile AssertionError seen;
    private int looks;

    Watch(TwoStores stores) {
        this.stores = stores;
        thread.setDaemon(true);
        thread.start();
    }

    private record Standing(long epoch, boolean open, long least) {}

    private void run() {
        while (!stopped) {
            try {
                look();
                looks++;
            } catch (SQLException e) {
                // The next look may be luckier.
            } catch (AssertionError e) {
                seen = e;
                return;
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private void look() throws SQLException {
        Standing old = standing(stores.old());
        Standing ofNew = standing(stores.ofNew());
        Standing oldAfter = standing(stores.old());
        // If it was left and came back between, its epoch is another.
        boolean both = old.open && ofNew.open && oldAfter.open && old.epoch == oldAfter.epoch;
        assertThat(both).as("two stores open: %s and %s", old, ofNew).isFalse();
        versions("old", stores.old(), old.least);
        versions("new", stores.ofNew(), ofNew.least);
    }

    private static Standing standing(Database database) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT epoch, standing, min_version FROM gray_state")) {
            return rows.next()
                    ? new Standing(rows.getLong(1), rows.getString(2).equals("OPEN"), rows.getLong(3))
                    : new Standing(0, false, 0);
        }
    }

    /** A round begins with no versions, and those of before it do not count in it. */
    private void versions(String store, Database database, long least) throws SQLException {
        Map<String, Long> now = new HashMap<>();
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT row_key, ver, ver_ext FROM gray_meta")) {
            while (rows.next()) {
                now.put(store + " " + rows.getString(1) + " ver", rows.getLong(2));
                now.put(store + " " + rows.getString(1) + " ver_ext", rows.getLong(3));
            }
        }
        if (standing(database).least != least) {
            return;
        }
        now.forEach((key, version) -> {
            long before = highest.getOrDefault(key, Version.NONE);
            if (before >= least) {
                assertThat(version).as("%s", key).isGreaterThanOrEqualTo(before);
            }
            highest.put(key, version);
        });
    }

    /** Ends, and says what was wrong. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
        if (seen != null) {
            throw seen;
        }
        assertThat(looks).isPositive();
    }
}
