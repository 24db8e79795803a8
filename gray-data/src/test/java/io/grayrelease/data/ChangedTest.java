package io.grayrelease.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Who tells of a row that he does not find, while another inserts it. */
class ChangedTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final Order ORDER = Order.of(42, "Ann", "1.00").by("app", 7);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch inserted = new CountDownLatch(1);
    private final CountDownLatch commit = new CountDownLatch(1);

    @AfterEach
    void end() {
        commit.countDown();
        threads.shutdownNow();
    }

    static Stream<Pair> pairsThatDoNotWaitForUnseenRows() {
        return Pair.installed().filter(pair -> !pair.name().startsWith("MARIADB"));
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void changed_whileTheRowIsInserted_keepsIt(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            Future<?> insert = submit(() -> service.write(tx -> {
                tx.insert(ORDER);
                insertedAndWaits();
            }));
            inserted.await();
            assertKept(
                    stores,
                    service,
                    insert,
                    submit(() -> service.write(tx -> {
                        raise(tx);
                        tx.changed(42L);
                    })));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void changed_whileAnInsertedRowIsNotToldOf_keepsIt(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            Future<?> insert = submit(() -> service.write(tx -> {
                execute(tx.connection(), "INSERT INTO orders VALUES (42, 'Ann', 1)");
                tx.changed(42L);
                insertedAndWaits();
            }));
            inserted.await();
            assertKept(stores, service, insert, submit(() -> service.capture().changed(List.of(42L))));
        }
    }

    /** The update tells of an insert of the service's own. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void changed_whileAnInsertedRowIsUpdated_keepsIt(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            Future<?> insert = submit(() -> service.write(tx -> {
                execute(tx.connection(), "INSERT INTO orders VALUES (42, 'Ann', 1)");
                tx.update(ORDER);
                insertedAndWaits();
            }));
            inserted.await();
            assertKept(stores, service, insert, submit(() -> service.write(tx -> tx.changed(42L))));
        }
    }

    /** Drawn by the statement that waits for the lock, but not before it has it: of its transaction the first, or a later one. */
    @ParameterizedTest
    @MethodSource("io.grayrelease.data.ChangedTest#postgresql")
    void insert_whileAnotherHasFoundNoRow_getsItsVersionAfterIt(Pair pair) throws Exception {
        for (boolean first : new boolean[] {true, false}) {
            try (TwoStores stores = pair.stores();
                    Migration<Long, Order> service =
                            stores.service(OrderMapper.NEW).start()) {
                CountDownLatch found = new CountDownLatch(1);
                CountDownLatch end = new CountDownLatch(1);
                Future<?> changed = submit(() -> service.write(tx -> {
                    tx.changed(42L);
                    found.countDown();
                    awaits(() -> end.await(20, TimeUnit.SECONDS));
                }));
                found.await();
                Future<?> insert = submit(() -> service.write(tx -> {
                    if (!first) {
                        tx.insert(Order.of(44, "Cid", "1.00"));
                    }
                    tx.insert(ORDER);
                }));
                await().until(() -> count(stores.old(), "SELECT COUNT(*) FROM pg_locks WHERE NOT granted") == 1);
                service.write(tx -> tx.insert(Order.of(43, "Bob", "1.00")));
                end.countDown();
                assertKept(stores, service, insert, changed);

                assertThat(version(stores, 42)).isGreaterThan(version(stores, 43));
            }
        }
    }

    private static long version(TwoStores stores, long key) throws SQLException {
        return count(stores.ofNew(), "SELECT ver FROM gray_meta WHERE row_key = '" + key + "'");
    }

    private static long count(Database database, String sql) throws SQLException {
        try (Connection connection = database.source().getConnection()) {
            return count(connection, sql);
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Nothing was locked when it looked; where a look locks the gap, nobody could insert. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void changed_rowInsertedBetweenLookAndVersion_keepsIt(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            DataSource slow = afterTheFirstLook(FenceTest.readCommitted(stores), () -> {
                service.write(tx -> tx.insert(ORDER));
                return true;
            });
            try (Migration<Long, Order> other = stores.service(
                            OrderMapper.NEW, slow, stores.ofNew().source())
                    .start()) {
                other.write(tx -> tx.changed(42L));
            }
            awaitDrained(service);

            assertThat(stores.inNew().get(42L)).isEqualTo(ORDER);
            assertThat(service.read(42L)).contains(ORDER);
        }
    }

    @ParameterizedTest
    @MethodSource("pairsThatDoNotWaitForUnseenRows")
    void changed_asRepeatableRead_isRefusedWhereNoRowIsFound(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(
                                OrderMapper.NEW,
                                FenceTest.repeatable(stores),
                                stores.ofNew().source())
                        .start()) {
            service.write(tx -> tx.insert(ORDER));
            service.write(tx -> {
                raise(tx);
                tx.changed(42L);
            });
            assertThatThrownBy(() -> service.write(tx -> tx.changed(43L)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("expected READ COMMITTED");
            awaitDrained(service);

            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.data.ChangedTest#postgresql")
    void capture_asRepeatableRead_seesWhatIsCommittedMeanwhile(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start();
                Migration<Long, Order> engine = stores.service(
                                OrderMapper.NEW,
                                FenceTest.repeatable(stores),
                                stores.ofNew().source())
                        .start()) {
            Future<?> insert = submit(() -> service.write(tx -> {
                tx.insert(ORDER);
                insertedAndWaits();
            }));
            inserted.await();
            assertKept(stores, service, insert, submit(() -> engine.capture().changed(List.of(42L, 43L))));
        }
    }

    static Stream<Pair> postgresql() {
        return Pair.installed().filter(pair -> pair.name().startsWith("POSTGRESQL"));
    }

    /** A transaction of many rows does not fill PostgreSQL's table of locks. */
    @ParameterizedTest
    @MethodSource("io.grayrelease.data.ChangedTest#postgresql")
    void insert_ofManyRows_takesFewLocks(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            long[] locks = new long[1];
            service.write(tx -> {
                for (int i = 0; i < 2_000; i++) {
                    tx.insert(Order.of(i, "Ann", "1.00"));
                }
                locks[0] = locks(tx.connection());
            });
            assertThat(locks[0]).isBetween(1L, 512L);
        }
    }

    private static long locks(Connection connection) throws SQLException {
        return count(
                connection, "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()");
    }

    private void assertKept(TwoStores stores, Migration<Long, Order> service, Future<?> insert, Future<?> changed)
            throws Exception {
        try {
            changed.get(300, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // It waits for the other, as it should.
        }
        commit.countDown();
        insert.get(20, TimeUnit.SECONDS);
        changed.get(20, TimeUnit.SECONDS);
        awaitDrained(service);

        assertThat(stores.inNew()).containsKey(42L);
        stores.assertNothingDiffers();
    }

    private void insertedAndWaits() throws SQLException {
        inserted.countDown();
        awaits(() -> commit.await(20, TimeUnit.SECONDS));
    }

    private static void awaits(Callable<Boolean> awaited) throws SQLException {
        try {
            boolean unused = awaited.call();
        } catch (Exception e) {
            throw new SQLException(e);
        }
    }

    private static void raise(Tx<Long, Order> tx) throws SQLException {
        execute(tx.connection(), "UPDATE orders SET amount = amount + 1 WHERE id = 42");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private Future<?> submit(Step step) {
        return threads.submit(() -> {
            step.run();
            return true;
        });
    }

    /** Runs a step once, before the statement that follows the first look for an order. */
    private static DataSource afterTheFirstLook(DataSource source, Callable<Boolean> step) {
        AtomicReference<Connection> looked = new AtomicReference<>();
        AtomicBoolean done = new AtomicBoolean();
        return FenceTest.around(source, connection -> (Connection) Proxy.newProxyInstance(
                ChangedTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        // Relays have connections of their own.
                        if (looked.get() == connection && done.compareAndSet(false, true)) {
                            step.call();
                        }
                        String sql = (String) arguments[0];
                        if (sql.contains("FROM orders WHERE") && sql.endsWith("FOR UPDATE")) {
                            looked.compareAndSet(null, connection);
                        }
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
