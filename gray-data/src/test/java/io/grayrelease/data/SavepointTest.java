package io.grayrelease.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Services that take back a part of their transaction on its connection. */
class SavepointTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final Order ANN = Order.of(1, "Ann", "1.00");
    private static final Order BOB = Order.of(2, "Bob", "2.00");

    /** MariaDB keeps the locks of what goes back to a savepoint. */
    static Stream<Pair> pairsWhoseLocksGoBack() {
        return Pair.installed().filter(pair -> !pair.name().startsWith("MARIADB"));
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_thatIsTakenBackInPart_bringsOverTheRest(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> service = waiting(stores)) {
            service.write(tx -> tx.insert(ANN));
            service.write(tx -> {
                tx.insert(BOB);
                takenBack(tx, () -> {
                    tx.update(ANN.of("666.00"));
                    tx.insert(Order.of(3, "nobody", "1.00"));
                });
                takenBack(tx, () -> tx.delete(1L));
            });
            service.write(tx -> takenBack(tx, () -> tx.insert(Order.of(3, "nobody", "1.00"))));
            awaitDrained(service);

            assertThat(stores.inNew()).containsExactly(Map.entry(1L, ANN), Map.entry(2L, BOB));
            stores.assertNothingDiffers();
            assertThat(service.counts().captured()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("pairsWhoseLocksGoBack")
    void write_afterAPartIsTakenBackAndTheSwitch_goesToTheNewPrimary(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> service = waiting(stores);
                Migration<Long, Order> other = waiting(stores)) {
            AtomicInteger runs = new AtomicInteger();
            service.write(tx -> {
                takenBack(tx, () -> tx.insert(ANN));
                if (runs.incrementAndGet() == 1) {
                    other.step(DataPhase.NEW_PRIMARY);
                }
                tx.insert(BOB);
            });
            assertThat(runs).hasValue(2);
            assertThat(service.read(2L)).contains(BOB);
            other.step(DataPhase.GRAY_READ);
            awaitDrained(service);

            assertThat(stores.inOld()).containsOnlyKeys(2L);
            stores.assertNothingDiffers();
        }
    }

    /** That a row is not there is an answer of the primary, too. */
    @ParameterizedTest
    @MethodSource("pairsWhoseLocksGoBack")
    void update_afterAllIsTakenBackAndTheSwitch_findsWhatTheNewPrimaryHas(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> service = waiting(stores);
                Migration<Long, Order> other = waiting(stores)) {
            AtomicInteger runs = new AtomicInteger();
            AtomicBoolean found = new AtomicBoolean();
            service.write(tx -> {
                takenBack(tx, () -> tx.insert(ANN));
                if (runs.incrementAndGet() == 1) {
                    other.step(DataPhase.NEW_PRIMARY);
                    other.write(same -> same.insert(BOB));
                }
                found.set(tx.update(BOB.of("3.00")));
            });
            assertThat(found).isTrue();
            assertThat(service.read(2L)).contains(BOB.of("3.00"));
        }
    }

    /** MariaDB takes back what was before a deadlock; PostgreSQL all, and at the commit it would say nothing. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_thatSwallowsADeadlockOfItsOwn_bringsOverWhatIsCommitted(Pair pair) throws Exception {
        try (TwoStores stores = CopyTest.filled(pair, 50);
                Circle circle = new Circle(stores.old());
                Migration<Long, Order> service = waiting(stores)) {
            stores.phase(DataPhase.GRAY_READ);
            AtomicInteger runs = new AtomicInteger();
            Throwable failed = catchThrowable(() -> service.write(tx -> {
                tx.update(ANN);
                if (runs.incrementAndGet() == 1) {
                    circle.begin();
                    swallow(() -> execute(tx.connection(), "UPDATE orders SET amount = 22 WHERE id = 2"));
                }
                swallow(() -> tx.insert(Order.of(100, "Bob", "2.00")));
            }));
            circle.awaitEnd();
            awaitDrained(service);

            boolean ann = stores.inOld().get(1L).customer().equals("Ann");
            assertThat(stores.inNew().containsKey(1L)).isEqualTo(ann);
            assertThat(stores.inNew().containsKey(100L)).isEqualTo(failed == null);
            assertThat(stores.inOld().containsKey(100L)).isEqualTo(failed == null);
        }
    }

    /** A write waits until what it left is there, so that whatever is brought over by mistake is there too. */
    private static Migration<Long, Order> waiting(TwoStores stores) throws SQLException {
        return stores.service(OrderMapper.OLD)
                .immediateLimit(Duration.ofSeconds(20))
                .start();
    }

    private interface Part {
        void run() throws SQLException;
    }

    private static void takenBack(Tx<Long, Order> tx, Part part) throws SQLException {
        Savepoint before = tx.connection().setSavepoint();
        part.run();
        tx.connection().rollback(before);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private static void swallow(ThrowingCallable failing) {
        Throwable unused = catchThrowable(failing);
    }
}
