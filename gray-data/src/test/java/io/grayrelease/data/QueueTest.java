package io.grayrelease.data;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** An event leaves the outbox once it is applied, whatever a queue does with it. */
class QueueTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int ORDERS = 300;

    private static final Carrier.Factory DEAD = (route, inbox) -> events -> {
        throw new IOException("no broker");
    };

    @ParameterizedTest
    @MethodSource(PAIRS)
    void queue_losesEveryThirdMessage_losesNothing(Pair pair) throws Exception {
        AtomicInteger number = new AtomicInteger();
        Carrier.Factory losing = (route, inbox) -> events -> {
            List<Event> kept = new ArrayList<>(events);
            kept.removeIf(event -> number.incrementAndGet() % 3 == 0);
            inbox.accept(kept);
        };
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service =
                        service(stores, losing).queueLimit(SOON).start()) {
            insert(service, ORDERS);
            awaitDrained(service);

            // More on a slow machine; and it is counted after it is committed.
            await().untilAsserted(() -> assertThat(service.counts().pastQueue()).isGreaterThanOrEqualTo(ORDERS / 3));
            assertThat(stores.inNew()).hasSize(ORDERS);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void event_sentAndNotApplied_staysInTheOutboxAndIsNotSentAgain(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> one = service(stores, events.factory()).start();
                Migration<Long, Order> other = service(stores, events.factory()).start()) {
            insert(one, ORDERS);
            List<Event> all = events.awaited(ORDERS);

            assertThat(one.backlog().events()).isEqualTo(ORDERS);
            assertThat(all).extracting(Event::version).doesNotHaveDuplicates();
            events.deliverTogether(all.subList(0, 100));
            assertThat(other.backlog().events()).isEqualTo(ORDERS - 100);
            assertThat(one.backlog().age()).isLessThan(LONG);
            events.deliverTogether(all);
            assertThat(one.backlog()).hasToString("0 events, the oldest of 0 ms");
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void drain_brokerDead_bringsAllOver(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = service(stores, DEAD).start()) {
            insert(service, ORDERS);
            service.drain(LONG);

            assertThat(service.backlog().events()).isZero();
            assertThat(stores.inNew()).hasSize(ORDERS);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void drain_queueHoldsEvents_whichComeLater_changesNothing(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service =
                        service(stores, events.factory()).start()) {
            service.write(tx -> tx.insert(Order.of(1, "Ann", "1")));
            service.write(tx -> tx.update(Order.of(1, "Ann", "2")));
            service.write(tx -> tx.insert(Order.of(2, "Bob", "1")));
            service.write(tx -> tx.delete(2L));
            List<Event> all = events.awaited(4);
            service.drain(LONG);
            assertThat(service.backlog().events()).isZero();

            events.deliver(all.toArray(new Event[0]));

            assertThat(stores.inNew()).containsOnlyKeys(1L);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void drain_anotherHasTakenEvents_waitsForIt(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service =
                        service(stores, events.factory()).start();
                Connection another = stores.old().source().getConnection();
                Statement statement = another.createStatement()) {
            insert(service, 10);
            events.awaited(10);
            another.setAutoCommit(false);
            statement.execute("SELECT seq FROM gray_outbox FOR UPDATE");

            assertThatThrownBy(() -> service.drain(SOON))
                    .isInstanceOf(SQLTransientException.class)
                    .hasMessage("outbox: found 10 events after 300 ms, expected none");
            another.rollback();
            service.drain(LONG);

            assertThat(service.backlog().events()).isZero();
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void queue_deadForLong_isPassed(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service =
                        service(stores, DEAD).queueLimit(SOON).start()) {
            insert(service, ORDERS);
            awaitDrained(service);

            assertThat(service.counts().relayFailed()).isPositive();
            await().untilAsserted(() -> await().until(() -> service.counts().pastQueue() == ORDERS));
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void queue_doesNotAnswer_holdsNobody(Pair pair) throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        Carrier.Factory hanging = (route, inbox) -> events -> {
            sending.countDown();
            answers.await();
        };
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = service(stores, hanging).start()) {
            insert(service, 1);
            assertThat(sending.await(20, TimeUnit.SECONDS)).isTrue();
            service.write(tx -> tx.update(Order.of(0, "Ann", "2")));
            service.drain(LONG);

            assertThat(service.backlog().events()).isZero();
            stores.assertNothingDiffers();
        } finally {
            answers.countDown();
        }
    }

    /** Applied, and the store of the outbox goes away before that is committed there. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void acknowledgement_fails_eventComesAgainAndIsStale(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service =
                        service(stores, events.factory()).start()) {
            insert(service, 1);
            Event event = events.awaited(1).get(0);
            Counts counts = new Counts();
            Inbox applier = new Applier(
                    "order-v2", Store.ofNew(stores.ofNew().source(), OrderMapper.TABLE), OrderMapper.TABLE, counts);
            DirectRound broken = new DirectRound(
                    Store.old(stores.old().source(), OrderMapper.TABLE),
                    new Outbox("order-v2"),
                    some -> {
                        applier.accept(some);
                        fail(true);
                    },
                    counts);

            assertThatThrownBy(() -> new QueueInbox(broken).accept(List.of(event)))
                    .hasMessage("away");
            assertThat(counts.applied()).isEqualTo(1);
            assertThat(service.backlog().events()).isEqualTo(1);

            events.deliver(event);
            assertThat(service.backlog().events()).isZero();
            assertThat(service.counts().stale()).isEqualTo(1);
        }
    }

    /** What would call it stale is forgotten when a migration begins anew. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void event_comesOnceMoreAfterAllBeganAnew_isPassedOver(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service =
                        service(stores, events.factory()).start()) {
            insert(service, 1);
            Event event = events.awaited(1).get(0);
            events.deliver(event);
            assertThat(stores.inNew()).hasSize(1);
            stores.ofNew().execute("DELETE FROM gray_meta", "DELETE FROM orders_v2");

            events.deliver(event);

            assertThat(stores.inNew()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void event_newStoreAwayWhenItComes_staysInTheOutbox(Pair pair) throws Exception {
        KeptEvents events = new KeptEvents();
        boolean[] away = {false};
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(
                                OrderMapper.NEW, stores.ofNew().sourceAfter(() -> fail(away[0])))
                        .carrier(events.factory())
                        .start()) {
            insert(service, 1);
            Event event = events.awaited(1).get(0);
            away[0] = true;
            assertThatThrownBy(() -> events.deliver(event)).hasMessageContaining("away");
            away[0] = false;

            assertThat(service.backlog().events()).isEqualTo(1);
            assertThat(stores.inNew()).isEmpty();
        }
    }

    private static void fail(boolean away) throws SQLException {
        if (away) {
            throw new SQLException("away", "08001");
        }
    }

    private static MigrationBuilder<Long, Order> service(TwoStores stores, Carrier.Factory queue) {
        return stores.service(OrderMapper.NEW).carrier(queue);
    }

    private static void insert(Migration<Long, Order> service, int orders) throws SQLException {
        for (int id = 0; id < orders; id++) {
            Order order = Order.of(id, "c" + id, "1.00").by("app", id);
            service.write(tx -> tx.insert(order));
        }
    }
}
