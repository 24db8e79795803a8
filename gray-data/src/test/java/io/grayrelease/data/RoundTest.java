package io.grayrelease.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** There and back again: nothing is lost in the old store, and nothing of before comes back. */
class RoundTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final Duration LEASE = Duration.ofMinutes(1);

    @ParameterizedTest
    @MethodSource(PAIRS)
    void rollback_fromNewPrimary_keepsAllAndTheColumnsOfTheNewVersion(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> oldVersion =
                        stores.service(OrderMapper.OLD).start();
                Migration<Long, Order> newVersion =
                        stores.service(OrderMapper.NEW).start()) {
            newVersion.write(tx -> tx.insert(Order.of(1, "Ann", "1.00").by("app", 1)));
            newVersion.write(tx -> tx.insert(Order.of(2, "Bob", "2.00").by("app", 2)));
            newVersion.write(tx -> tx.insert(Order.of(3, "Cid", "3.00").by("app", 3)));
            newVersion.write(tx -> tx.insert(Order.of(5, "Fay", "5.00").by("app", 6)));
            newVersion.step(DataPhase.NEW_PRIMARY);
            oldVersion.write(tx -> tx.update(Order.of(1, "Ann", "1.10")));
            newVersion.write(tx -> tx.update(Order.of(2, "Bob", "2.10").by("call", 4)));
            oldVersion.write(tx -> tx.delete(3L));
            oldVersion.write(tx -> tx.insert(Order.of(3, "Dan", "3.10")));
            newVersion.write(tx -> tx.insert(Order.of(4, "Eve", "4.00").by("app", 5)));
            newVersion.step(DataPhase.GRAY_READ);
            newVersion.step(DataPhase.OLD_ONLY);
            oldVersion.write(tx -> tx.update(Order.of(4, "Eve", "4.10")));

            List<Order> expected = List.of(
                    Order.of(1, "Ann", "1.10").by("app", 1),
                    Order.of(2, "Bob", "2.10").by("call", 4),
                    Order.of(3, "Dan", "3.10"),
                    Order.of(4, "Eve", "4.10").by("app", 5),
                    Order.of(5, "Fay", "5.00").by("app", 6));
            assertThat(stores.inOld()).hasSize(5);
            for (Order order : expected) {
                assertThat(newVersion.read(order.id())).contains(order);
            }

            newVersion.step(DataPhase.CAPTURE);
            assertThat(stores.inNew()).isEmpty();
            CopyTest.awaitDone(newVersion.copy(CopySettings.DEFAULTS));
            assertThat(stores.inNew().values()).containsExactlyElementsOf(expected);
            stores.assertNothingDiffers();
        }
    }

    /** Queues keep events for days: those of an earlier round say what is not so any more. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void event_ofAnEarlierRound_changesNothing(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                        .carrier(events.factory())
                        .start()) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1.00").by("app", 1)));
            service.write(tx -> tx.insert(Order.of(2, "Bob", "2.00").by("app", 2)));
            List<Event> earlier = events.awaited(2);
            service.step(DataPhase.OLD_ONLY);
            service.write(tx -> tx.delete(1L));
            service.write(tx -> tx.update(Order.of(2, "Bob", "2.10").by("call", 3)));
            service.step(DataPhase.CAPTURE);
            events.deliverTogether(earlier);
            CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
            events.deliverTogether(earlier);

            assertThat(stores.inNew().values())
                    .containsExactly(Order.of(2, "Bob", "2.10").by("call", 3));
        }
    }

    /** The new store knows no versions of what it has written as primary. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void event_thatComesAfterTheSwitch_changesNothing(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                        .carrier(events.factory())
                        .start()) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1.00").by("app", 1)));
            service.write(tx -> tx.insert(Order.of(2, "Bob", "2.00").by("app", 2)));
            List<Event> forward = events.awaited(2);
            Applier late = new Applier(
                    "order-v2",
                    Store.ofNew(stores.ofNew().source(), OrderMapper.TABLE),
                    OrderMapper.TABLE,
                    new Counts());
            service.step(DataPhase.NEW_PRIMARY);
            stores.ofNew().execute("DELETE FROM gray_meta");
            service.write(tx -> tx.delete(1L));
            service.write(tx -> tx.update(Order.of(2, "Bob", "2.10").by("call", 3)));
            late.accept(forward);

            assertThat(stores.inNew().values())
                    .containsExactly(Order.of(2, "Bob", "2.10").by("call", 3));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void firstRound_whereTheNewTableHasRows_isRefused(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            stores.phase(DataPhase.OLD_ONLY);
            stores.ofNew().execute("INSERT INTO orders_v2 VALUES (1, 'precious', 1, 'app', 1)");
            assertThatThrownBy(() -> service.step(DataPhase.CAPTURE))
                    .hasMessageContaining("found rows before the first round, expected none");
            assertThat(stores.inNew()).hasSize(1);
            assertThat(stores.fact().phase()).isEqualTo(DataPhase.OLD_ONLY);
        }
    }

    /** A worker of the round before that hung comes back: what it began now would be the new round's copy, done too early. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_whileARoundBegins_isNotBegun(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> unused = stores.service(OrderMapper.OLD).start()) {
            Store old = Store.old(stores.old().source(), OrderMapper.TABLE);
            Claims claims = new Claims(
                    "order-v2",
                    JobKind.COPY,
                    old,
                    OrderMapper.TABLE,
                    stores.ofNew().source());
            stores.ofNew().execute("UPDATE gray_state SET token = 'a round', until_ms = 99999999999999");
            assertThatThrownBy(() -> claims.begin(1)).hasMessage("a process empties the new store");
            assertThat(claims.job()).isNull();
            stores.ofNew().execute("UPDATE gray_state SET until_ms = 0");
            assertThat(claims.begin(1)).isNotNull();
        }
    }

    /** A worker of the round before has looked, and is about to begin the copy: the round would not find that job. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void round_whileACopyIsBegun_waitsForIt(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start();
                Connection worker = stores.ofNew().source().getConnection()) {
            stores.phase(DataPhase.OLD_ONLY);
            worker.setAutoCommit(false);
            new StateTable("order-v2").checkNoRoundBegins(worker, Dialect.of(worker));
            CompletableFuture<Void> round = CompletableFuture.runAsync(() -> capture(service));
            assertThatThrownBy(() -> round.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            worker.commit();
            round.get(20, TimeUnit.SECONDS);

            assertThat(stores.fact().phase()).isEqualTo(DataPhase.CAPTURE);
        }
    }

    private static void capture(Migration<Long, Order> service) {
        try {
            service.step(DataPhase.CAPTURE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A worker has read its rows and hangs; when it writes them, a worker of the next round has the chunk of the same number. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void copy_ofTheRoundBefore_writesNothingInTheNext(Pair pair) throws Exception {
        try (TwoStores stores = CopyTest.filled(pair, 10);
                Migration<Long, Order> service = stores.service(OrderMapper.OLD).start()) {
            Copier next = copier(stores, Copier.Steps.NONE);
            AtomicReference<Chunk> ofNext = new AtomicReference<>();
            Copier late = copier(stores, CopyTest.afterRead(() -> {
                service.step(DataPhase.OLD_ONLY);
                service.write(tx -> tx.delete(5L));
                service.write(tx -> tx.update(Order.of(6, "Bob", "66.00")));
                service.step(DataPhase.CAPTURE);
                next.begin();
                ofNext.set(next.claim(LEASE, 100));
            }));
            late.begin();
            Chunk chunk = late.claim(LEASE, 100);
            assertThatThrownBy(() -> late.copy(chunk, 100, LEASE)).isInstanceOf(LostClaim.class);
            next.copy(ofNext.get(), 100, LEASE);

            assertThat(next.job().isFinished()).isTrue();
            assertThat(next.job().rowsWritten).isEqualTo(9);
            stores.assertNothingDiffers();
        }
    }

    private static Copier copier(TwoStores stores, Copier.Steps steps) {
        Store old = Store.old(stores.old().source(), OrderMapper.TABLE);
        Store ofNew = Store.ofNew(stores.ofNew().source(), OrderMapper.TABLE);
        Applier applier = new Applier("order-v2", ofNew, OrderMapper.TABLE, new Counts());
        return new Copier("order-v2", old, ofNew, OrderMapper.TABLE, applier, steps);
    }
}
