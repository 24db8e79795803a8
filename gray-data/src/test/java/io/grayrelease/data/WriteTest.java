package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class WriteTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";

    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_insertsUpdatesAndDeletes_reachTheNewStore(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            service.write(tx -> {
                tx.insert(Order.of(1, "Ann", "10.005").by("app", 7));
                tx.insert(Order.of(2, "Bob", "20"));
                tx.insert(Order.of(3, null, "30"));
            });
            service.write(tx -> {
                assertThat(tx.update(Order.of(2, "Bob", "21"))).isTrue();
                assertThat(tx.update(Order.of(9, "Nobody", "1"))).isFalse();
                assertThat(tx.delete(3L)).isTrue();
                assertThat(tx.delete(9L)).isFalse();
            });
            awaitDrained(service);

            stores.assertNothingDiffers();
            assertThat(stores.inNew().get(1L).channel()).isEqualTo("app");
            assertThat(stores.inNew().get(1L).priority()).isEqualTo(7);
            assertThat(stores.inNew()).containsOnlyKeys(1L, 2L);
            assertThat(service.counts().captured()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_rolledBack_leavesNothing(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            assertThatThrownBy(() -> service.write(tx -> {
                        tx.insert(Order.of(1, "Ann", "10"));
                        throw new SQLException("the service changed its mind");
                    }))
                    .hasMessage("the service changed its mind");

            assertThat(service.backlog().events()).isZero();
            assertThat(stores.inOld()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_inOldOnly_leavesNoEvents(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.phase(DataPhase.OLD_ONLY);
            service.write(tx -> tx.insert(Order.of(1, "Ann", "10")));

            assertThat(service.counts().captured()).isZero();
            assertThat(stores.inOld()).containsOnlyKeys(1L);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void update_inOldOnly_saysWhetherThereIsARow(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.phase(DataPhase.OLD_ONLY);
            service.write(tx -> tx.insert(Order.of(1, "Ann", "10")));
            service.write(tx -> {
                assertThat(tx.update(Order.of(1, "Ann", "11"))).isTrue();
                assertThat(tx.update(Order.of(1, "Ann", "11"))).isTrue();
                assertThat(tx.update(Order.of(2, "Bob", "20"))).isFalse();
            });

            assertThat(stores.inOld()).containsExactly(Map.entry(1L, Order.of(1, "Ann", "11.00")));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_overAPoolWithoutAutoCommit_isCommittedAndLeavesItSo(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Connection connection = stores.old().source().getConnection()) {
            connection.setAutoCommit(false);
            Sql.committed(connection, same -> {
                execute(same, "INSERT INTO orders VALUES (1, 'Ann', 1)");
                return true;
            });

            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(stores.inOld()).containsOnlyKeys(1L);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_statementsOfTheService_areCapturedWhenTold(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            service.write(tx -> {
                tx.insert(Order.of(1, "Ann", "10"));
                tx.insert(Order.of(2, "Bob", "20"));
            });
            service.write(tx -> {
                execute(tx.connection(), "UPDATE orders SET amount = amount * 2 WHERE id = 1");
                tx.changed(1L);
                execute(tx.connection(), "DELETE FROM orders WHERE id = 2");
                tx.changed(2L);
            });
            awaitDrained(service);

            assertThat(stores.inNew()).containsOnlyKeys(1L);
            stores.assertNothingDiffers();
        }
    }

    /** MariaDB does not write a row anew that an UPDATE leaves as it is, so a plain SELECT would still see the row of before. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_ofWhatAnotherHasWrittenMeanwhile_capturesTheRowAsItIs(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "4")));
            service.write(tx -> {
                execute(tx.connection(), "SELECT amount FROM orders WHERE id = 1");
                service.write(other -> other.update(Order.of(1, "Ann", "5")));
                tx.update(Order.of(1, "Ann", "5"));
            });
            awaitDrained(service);

            stores.assertNothingDiffers();
        }
    }

    /** The relay holds locks in the outbox while it waits, and under MariaDB's default on the gap behind its events too. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_whileTheRelayWaits_isNotHeldUp(Pair pair) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch wrote = new CountDownLatch(1);
        try (TwoStores stores = pair.stores()) {
            DataSource slow = stores.ofNew().sourceAfter(() -> {
                if (started.getCount() == 0) {
                    waiting.countDown();
                    wrote.await();
                }
            });
            try (Migration<Long, Order> service =
                    stores.service(OrderMapper.OLD, slow).start()) {
                started.countDown();
                service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
                assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> service.write(tx -> tx.insert(Order.of(2, "Bob", "2"))));
                wrote.countDown();
                awaitDrained(service);

                stores.assertNothingDiffers();
            } finally {
                wrote.countDown();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void read_byPhaseAndReader_asksTheStoreThatTheySay(Pair pair) throws Exception {
        boolean[] gray = {false};
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                        .grayReader(() -> gray[0])
                        .start()) {
            stores.phase(DataPhase.GRAY_READ);
            Order order = Order.of(1, "Ann", "10.00").by("app", 7);
            service.write(tx -> tx.insert(order));
            awaitDrained(service);
            stores.ofNew().execute("UPDATE orders_v2 SET amount = 11");

            assertThat(service.read(1L)).contains(order);
            gray[0] = true;
            assertThat(service.read(1L)).contains(order.of("11.00"));
            stores.phase(DataPhase.CAPTURE);
            assertThat(service.read(1L)).contains(order);
            assertThat(service.read(2L)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_withAPartOfTheNewColumns_isRefused(Pair pair) throws Exception {
        RowMapper<Long, Map<String, String>> partly = new RowMapper<>() {
            @Override
            public Table table() {
                return OrderMapper.TABLE;
            }

            @Override
            public Row key(Long key) {
                return Row.of("id", key);
            }

            @Override
            public Row row(Map<String, String> record) {
                return Row.of("id", 1).and("customer", "Ann").and("amount", 1).and("channel", "app");
            }

            @Override
            public Map<String, String> record(Row row) {
                return Map.of();
            }
        };
        try (TwoStores stores = pair.stores();
                Migration<Long, Map<String, String>> service = Migration.of(
                                "order-v2",
                                stores.old().source(),
                                stores.ofNew().source(),
                                partly)
                        .phase(() -> DataPhase.CAPTURE)
                        .withoutSteward()
                        .start()) {
            assertThatThrownBy(() -> service.write(tx -> tx.insert(Map.of())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("none or all of [channel, priority]");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    /** The row is written, its event is not: whoever swallows that must not commit. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_thatSwallowsAFailureAfterItsRow_isNotCommitted(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            stores.old().execute("ALTER TABLE gray_ext DROP COLUMN body");
            assertThatThrownBy(() -> service.write(tx -> {
                        Throwable swallowed = catchThrowable(() -> tx.insert(Order.of(1, "Ann", "1.00")));
                        assertThat(swallowed).isInstanceOf(SQLException.class);
                    }))
                    .isInstanceOf(SQLException.class);
            assertThat(stores.inOld()).isEmpty();
        }
    }

    /** As a database does it in a circle of waiting, which a change of the fact may be part of. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_rolledBackForOthers_isRunAgain(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            AtomicInteger runs = new AtomicInteger();
            service.write(tx -> {
                tx.insert(Order.of(1, "Ann", "1.00"));
                if (runs.incrementAndGet() == 1) {
                    throw new SQLException("a deadlock", "40P01");
                }
            });
            assertThat(runs).hasValue(2);
            assertThat(stores.inOld()).containsOnlyKeys(1L);
            assertThatThrownBy(() -> service.write(tx -> {
                        runs.incrementAndGet();
                        throw new SQLException("nobody knows whether it was committed", "40003");
                    }))
                    .hasMessageContaining("nobody knows");
            assertThat(runs).hasValue(3);
        }
    }

    /** PostgreSQL rolls back at the commit then, and its driver says nothing of it. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_thatSwallowsAFailedStatement_isCommittedOrFails(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1.00")));
            Throwable failed = catchThrowable(() -> service.write(tx -> {
                tx.insert(Order.of(2, "Bob", "2.00"));
                assertThatThrownBy(() -> tx.insert(Order.of(1, "Cid", "3.00"))).isInstanceOf(SQLException.class);
            }));
            assertThat(stores.inOld().containsKey(2L)).isEqualTo(failed == null);
        }
    }

    /** MariaDB takes back all that was before then, and goes on as if the transaction began there. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_thatSwallowsADeadlock_isCommittedWhole(Pair pair) throws Exception {
        try (TwoStores stores = CopyTest.filled(pair, 50);
                Circle circle = new Circle(stores.old());
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            AtomicInteger runs = new AtomicInteger();
            service.write(tx -> {
                tx.update(Order.of(1, "Ann", "11.00"));
                if (runs.incrementAndGet() == 1) {
                    circle.begin();
                    Throwable unused = catchThrowable(() -> tx.update(Order.of(2, "Bob", "22.00")));
                }
            });
            circle.awaitEnd();

            assertThat(stores.inOld().get(1L).customer()).isEqualTo("Ann");
        }
    }
}
