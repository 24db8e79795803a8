package io.grayrelease.data;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Writers that know less than the databases do. */
class FenceTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_begunBeforeTheCapture_runsAgainAndIsCaptured(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.phase(DataPhase.OLD_ONLY);
            AtomicInteger runs = new AtomicInteger();
            service.write(tx -> {
                tx.insert(Order.of(5, "late", "5"));
                if (runs.incrementAndGet() == 1) {
                    TwoStores.fact(stores.old(), "order-v2", DataPhase.CAPTURE);
                }
            });
            awaitDrained(service);

            assertThat(runs).hasValue(2);
            assertThat(stores.inNew()).containsOnlyKeys(5L);
            stores.assertNothingDiffers();
        }
    }

    /** The last moment in which a write is not captured: it has looked at the fact, and is not yet committed. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void capture_whileAnUncapturedWriteCommits_waitsForIt(Pair pair) throws Exception {
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        try (TwoStores stores = pair.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            DataSource slow = beforeCommit(stores.old().source(), () -> {
                if (Thread.currentThread().getName().equals("writer")) {
                    committing.countDown();
                    commit.await();
                }
            });
            try (Migration<Long, Order> service = stores.service(
                            OrderMapper.OLD, slow, stores.ofNew().source())
                    .start()) {
                Future<?> write = threads.submit(() -> {
                    Thread.currentThread().setName("writer");
                    service.write(tx -> tx.insert(Order.of(5, "late", "5")));
                    return true;
                });
                assertThat(committing.await(20, TimeUnit.SECONDS)).isTrue();
                Future<?> capture = threads.submit(() -> {
                    TwoStores.fact(stores.old(), "order-v2", DataPhase.CAPTURE);
                    return true;
                });
                assertThatThrownBy(() -> capture.get(200, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class);
                commit.countDown();
                capture.get(20, TimeUnit.SECONDS);
                write.get(20, TimeUnit.SECONDS);

                assertThat(service.counts().captured()).isZero();
                assertThat(stores.inOld()).containsOnlyKeys(5L);
            }
        } finally {
            commit.countDown();
        }
    }

    /** Where a statement that reads locks nothing by itself, a captured write must hold the fact all the same. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_captured_asReadCommitted_holdsTheFactUntilItsCommit(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(
                                OrderMapper.OLD,
                                readCommitted(stores),
                                stores.ofNew().source())
                        .start()) {
            List<Future<?>> changes = new ArrayList<>();
            service.write(tx -> {
                tx.insert(Order.of(1, "Ann", "1"));
                Future<?> change = threads.submit(() -> {
                    TwoStores.fact(stores.old(), "order-v2", DataPhase.OLD_ONLY);
                    return true;
                });
                changes.add(change);
                assertThatThrownBy(() -> change.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            });

            assertThat(changes).hasSize(1);
            changes.get(0).get(20, TimeUnit.SECONDS);
            assertThat(service.counts().captured()).isEqualTo(1);
        }
    }

    static DataSource readCommitted(TwoStores stores) {
        return around(stores.old().source(), connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        });
    }

    /** A process that has not heard of the capture: its write is captured all the same. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_ofAProcessThatLagsBehind_isCaptured(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores()) {
            TwoStores.fact(stores.old(), "order-v2", DataPhase.OLD_ONLY);
            try (Migration<Long, Order> service =
                    stores.service(OrderMapper.OLD).start()) {
                TwoStores.fact(stores.old(), "order-v2", DataPhase.CAPTURE);
                service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
                TwoStores.fact(stores.old(), "order-v2", DataPhase.OLD_ONLY);
                service.write(tx -> tx.insert(Order.of(2, "Bob", "2")));
                awaitDrained(service);

                assertThat(stores.inNew()).containsOnlyKeys(1L);
                assertThat(service.counts().captured()).isEqualTo(1);
            }
        }
    }

    /** MariaDB keeps the lock of a row that it found closed, so nobody could open it there. */
    static Stream<Pair> pairsWhoseLocksEndWithTheRow() {
        return Pair.installed().filter(pair -> !pair.name().startsWith("MARIADB"));
    }

    /** The service makes nothing of the failure, and the switch was given up meanwhile: one of its writes has no event. */
    @ParameterizedTest
    @MethodSource("pairsWhoseLocksEndWithTheRow")
    void write_thatSwallowsTheFence_isNotCommittedSo(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            AtomicInteger runs = new AtomicInteger();
            stores.old().execute("UPDATE gray_state SET standing = 'CLOSING', until_ms = 9000000000000");
            service.write(tx -> {
                try {
                    tx.insert(Order.of(1, "Ann", "1"));
                } catch (SQLException e) {
                    stores.old().execute("UPDATE gray_state SET standing = 'OPEN'");
                }
                runs.incrementAndGet();
                tx.insert(Order.of(2, "Bob", "2"));
            });
            awaitDrained(service);

            assertThat(runs).hasValue(2);
            assertThat(stores.inNew()).containsOnlyKeys(1L, 2L);
            stores.assertNothingDiffers();
        }
    }

    /** A repeatable read began before the fact changed: the fence must not be looked at as it was then. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_asRepeatableRead_isFencedToo(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(
                                OrderMapper.OLD,
                                repeatable(stores),
                                stores.ofNew().source())
                        .start()) {
            stores.phase(DataPhase.OLD_ONLY);
            AtomicInteger runs = new AtomicInteger();
            service.write(tx -> {
                tx.insert(Order.of(5, "late", "5"));
                if (runs.incrementAndGet() == 1) {
                    TwoStores.fact(stores.old(), "order-v2", DataPhase.CAPTURE);
                }
            });
            awaitDrained(service);

            assertThat(runs).hasValue(2);
            stores.assertNothingDiffers();
            assertThat(stores.inNew()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_whileTheStoreIsClosed_waitsForItsLimit(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD)
                        .switchLimit(Duration.ofMillis(300))
                        .start()) {
            stores.old().execute("UPDATE gray_state SET standing = 'CLOSING', until_ms = 9000000000000");
            assertThatThrownBy(() -> service.write(tx -> tx.insert(Order.of(1, "Ann", "1"))))
                    .isInstanceOf(java.sql.SQLTransientException.class)
                    .hasMessageContaining("300 ms");

            Future<?> write = threads.submit(() -> {
                service.write(tx -> tx.insert(Order.of(2, "Bob", "2")));
                return true;
            });
            stores.old().execute("UPDATE gray_state SET standing = 'OPEN'");
            write.get(20, TimeUnit.SECONDS);
            assertThat(stores.inOld()).containsOnlyKeys(2L);
        }
    }

    static DataSource repeatable(TwoStores stores) {
        return around(stores.old().source(), connection -> {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return connection;
        });
    }

    interface Before {
        void commit() throws Exception;
    }

    static DataSource beforeCommit(DataSource source, Before before) {
        return around(source, connection -> (Connection) Proxy.newProxyInstance(
                FenceTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        before.commit();
                    }
                    return method.invoke(connection, arguments);
                }));
    }

    interface Around {
        Connection connection(Connection inner) throws SQLException;
    }

    static DataSource around(DataSource source, Around around) {
        return (DataSource) Proxy.newProxyInstance(
                FenceTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(source, arguments);
                    return result instanceof Connection connection ? around.connection(connection) : result;
                });
    }
}
