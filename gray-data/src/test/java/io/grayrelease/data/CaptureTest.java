package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.h2.api.Trigger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Triggers write the keys of changed rows into a table, and an engine reads it; some writers know nothing of the migration. */
class CaptureTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final int ORDERS = 10;
    private static final int WRITES = 150;

    @ParameterizedTest
    @MethodSource(PAIRS)
    void writesPastTheMigration_toldByAnEngine_reachTheNewStore(Pair pair) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        AtomicBoolean stopped = new AtomicBoolean();
        try (TwoStores stores = pair.stores()) {
            createLog(stores.old(), pair);
            for (int id = 0; id < ORDERS; id += 2) {
                stores.old().execute("INSERT INTO orders VALUES (" + id + ", 'before', 0)");
            }
            try (Migration<Long, Order> service =
                    stores.service(OrderMapper.NEW).start()) {
                Future<?> engine = threads.submit(() -> {
                    Random random = new Random(1);
                    boolean last;
                    do {
                        last = stopped.get();
                    } while (readLog(stores.old(), service.capture(), random) || !last);
                    return true;
                });
                Future<?> past = threads.submit(() -> writePast(stores.old(), new Random(2)));
                Future<?> through = threads.submit(() -> writeThrough(service, new Random(3)));
                Copy copy = service.copy(CopySettings.DEFAULTS.chunkRows(2));
                past.get();
                through.get();
                await().ignoreExceptions().until(() -> {
                    stores.old().execute("INSERT INTO orders VALUES (" + ORDERS + ", 'past', 1)");
                    return true;
                });
                stopped.set(true);
                engine.get();
                CopyTest.awaitDone(copy);
                awaitDrained(service);

                assertThat(stores.inNew()).containsKey((long) ORDERS);
                stores.assertNothingDiffers();
            }
        } finally {
            stopped.set(true);
            threads.shutdownNow();
        }
    }

    private static void writePast(Database old, Random random) {
        for (int i = 0; i < WRITES; i++) {
            int id = random.nextInt(ORDERS);
            try {
                switch (random.nextInt(3)) {
                    case 0 -> old.execute("DELETE FROM orders WHERE id = " + id);
                    case 1 -> old.execute("INSERT INTO orders VALUES (" + id + ", 'past', " + i + ")");
                    default -> old.execute("UPDATE orders SET customer = 'past', amount = " + i + " WHERE id = " + id);
                }
            } catch (SQLException e) {
                // There already, or a circle of waiting: nothing is written.
            }
        }
    }

    private static void writeThrough(Migration<Long, Order> service, Random random) {
        for (int i = 0; i < WRITES; i++) {
            Order order = Order.of(random.nextInt(ORDERS), "through", "" + i).by("app", i);
            try {
                service.write(tx -> {
                    if (order.id() % 3 == 0 || !tx.update(order)) {
                        tx.delete(order.id());
                    }
                });
            } catch (SQLException e) {
                // A circle of waiting: nothing is written.
            }
        }
    }

    /** Says whether there was anything. Now and then it dies before it has noted how far it was, and keys come in any order. */
    private static boolean readLog(Database old, Capture<Long> capture, Random random) throws SQLException {
        List<Long> places = new ArrayList<>();
        List<Long> keys = new ArrayList<>();
        try (Connection connection = old.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT place, id FROM orders_log")) {
            while (rows.next()) {
                places.add(rows.getLong(1));
                keys.add(rows.getLong(2));
            }
        }
        Collections.shuffle(keys, random);
        try {
            capture.changed(keys);
        } catch (SQLException e) {
            // A circle of waiting: they come again.
            return true;
        }
        if (random.nextInt(4) > 0) {
            for (Long place : places) {
                old.execute("DELETE FROM orders_log WHERE place = " + place);
            }
        }
        return !keys.isEmpty();
    }

    private static void createLog(Database old, Pair pair) throws SQLException {
        switch (pair) {
            case H2 -> old.execute(
                    "CREATE TABLE orders_log (place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id BIGINT)",
                    "CREATE TRIGGER logs AFTER INSERT, UPDATE, DELETE ON orders FOR EACH ROW CALL '"
                            + Logs.class.getName() + "'");
            case POSTGRESQL, POSTGRESQL_TO_MARIADB -> old.execute(
                    "CREATE TABLE orders_log (place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id BIGINT)",
                    "CREATE FUNCTION logs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                            + " INSERT INTO orders_log (id) VALUES (COALESCE(NEW.id, OLD.id)); RETURN NULL; END $$",
                    "CREATE TRIGGER logs AFTER INSERT OR UPDATE OR DELETE ON orders"
                            + " FOR EACH ROW EXECUTE FUNCTION logs()");
            default -> old.execute(
                    "CREATE TABLE orders_log (place BIGINT AUTO_INCREMENT PRIMARY KEY, id BIGINT)",
                    "CREATE TRIGGER logs_i AFTER INSERT ON orders FOR EACH ROW INSERT INTO orders_log (id) VALUES (NEW.id)",
                    "CREATE TRIGGER logs_u AFTER UPDATE ON orders FOR EACH ROW INSERT INTO orders_log (id) VALUES (NEW.id)",
                    "CREATE TRIGGER logs_d AFTER DELETE ON orders FOR EACH ROW INSERT INTO orders_log (id) VALUES (OLD.id)");
        }
    }

    /** H2's triggers are classes. */
    public static final class Logs implements Trigger {
        @Override
        public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
            try (var statement = connection.prepareStatement("INSERT INTO orders_log (id) VALUES (?)")) {
                statement.setObject(1, (after == null ? before : after)[0]);
                statement.executeUpdate();
            }
        }
    }
}
