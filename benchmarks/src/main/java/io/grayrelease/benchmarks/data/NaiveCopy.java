package io.grayrelease.benchmarks.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The copy that is found beside a dual write: chunks by key, of which rows that are there are left alone; it goes on where it was,
 * since it keeps its place with each chunk.
 */
record NaiveCopy(DataSource old, DataSource ofNew, Make make, int rowsPerSecond) {
    private static final int CHUNK = 2_000;
    private static final long RETRY_MILLIS = 100;

    static void createPlace(DataSource ofNew) throws SQLException {
        ItemTables.execute(
                ofNew,
                "CREATE TABLE naive_place (last_id BIGINT NOT NULL)",
                "INSERT INTO naive_place (last_id) VALUES (0)");
    }

    void run() throws InterruptedException {
        long start = System.nanoTime();
        long rows = 0;
        while (true) {
            try {
                int copied = chunk();
                if (copied == 0) {
                    return;
                }
                rows += copied;
                double ahead = (double) rows / rowsPerSecond - (System.nanoTime() - start) / 1e9;
                Thread.sleep(Math.max(0, (long) (ahead * 1_000)));
            } catch (SQLException e) {
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private int chunk() throws SQLException {
        try (Connection target = ofNew.getConnection()) {
            target.setAutoCommit(false);
            try {
                List<Item> chunk = read(place(target));
                if (!chunk.isEmpty()) {
                    write(target, chunk);
                    move(target, chunk.get(chunk.size() - 1).id());
                }
                target.commit();
                return chunk.size();
            } catch (SQLException e) {
                target.rollback();
                throw e;
            } finally {
                target.setAutoCommit(true);
            }
        }
    }

    private static long place(Connection target) throws SQLException {
        try (PreparedStatement statement = target.prepareStatement("SELECT last_id FROM naive_place");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<Item> read(long after) throws SQLException {
        List<Item> chunk = new ArrayList<>();
        try (Connection connection = old.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT id, revision, customer, amount, note FROM items WHERE id > ? ORDER BY id LIMIT "
                                + CHUNK)) {
            statement.setLong(1, after);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    chunk.add(new Item(
                            rows.getLong(1),
                            rows.getLong(2),
                            rows.getString(3),
                            rows.getBigDecimal(4),
                            rows.getString(5),
                            "web",
                            0));
                }
            }
        }
        return chunk;
    }

    private void write(Connection target, List<Item> chunk) throws SQLException {
        String sql = make.insertIfMissing(
                "INSERT INTO items_v2 (id, revision, customer, amount, note) VALUES (?, ?, ?, ?, ?)");
        try (PreparedStatement statement = target.prepareStatement(sql)) {
            for (Item item : chunk) {
                statement.setLong(1, item.id());
                statement.setLong(2, item.revision());
                statement.setString(3, item.customer());
                statement.setBigDecimal(4, item.amount());
                statement.setString(5, item.note());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void move(Connection target, long last) throws SQLException {
        try (PreparedStatement statement = target.prepareStatement("UPDATE naive_place SET last_id = ?")) {
            statement.setLong(1, last);
            statement.executeUpdate();
        }
    }
}
