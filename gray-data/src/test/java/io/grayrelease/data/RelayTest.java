package io.grayrelease.data;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What threads outlive that nobody looks after. */
class RelayTest {
    private static final Order ORDER = Order.of(1, "Ann", "1");

    @Test
    void relay_thatHasTooLittleMemory_takesFewerEventsUntilItWorks() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        Round large = most -> {
            sizes.add(most);
            if (most > 30) {
                throw new InternalError("a test's");
            }
            return most;
        };
        Relay relay = new Relay(Route.toNew("order-v2"), large, new Counts());
        try {
            relay.start();
            await().until(() -> sizes.size() > 5);
        } finally {
            relay.close();
        }

        assertThat(sizes).startsWith(200, 100, 50, 25, 50, 25);
    }

    @Test
    void relay_afterAnError_goesOn() throws Exception {
        try (TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW, failingOnce(stores, "gray-data-relay"))
                        .start()) {
            service.write(tx -> tx.insert(ORDER));
            TwoStores.awaitDrained(service);

            assertThat(service.counts().relayFailed()).isEqualTo(1);
            assertThat(stores.inNew()).containsOnlyKeys(1L);
        }
    }

    @Test
    void deadLetterRound_afterAnError_goesOn() throws Exception {
        try (TwoStores stores = Pair.H2.stores()) {
            stores.ofNew().execute("ALTER TABLE orders_v2 ADD CONSTRAINT none CHECK (amount <> 1)");
            try (Migration<Long, Order> service = stores.service(OrderMapper.NEW, failingOnce(stores, "gray-data-dead"))
                    .deadLettersEvery(Duration.ofMillis(50))
                    .start()) {
                service.write(tx -> tx.insert(ORDER));
                TwoStores.awaitDrained(service);
                stores.ofNew().execute("ALTER TABLE orders_v2 DROP CONSTRAINT none");

                await().until(() -> service.deadLetters() == 0);
                assertThat(stores.inNew()).containsOnlyKeys(1L);
            }
        }
    }

    /** Its relay is the only one that may bring so many events together. */
    @Test
    void write_ofManyRows_isTheRelays() throws Exception {
        try (TwoStores stores = Pair.H2.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            stores.phase(DataPhase.GRAY_READ);
            service.write(tx -> {
                for (int id = 0; id < 501; id++) {
                    tx.insert(Order.of(id, "Ann", "1"));
                }
            });
            assertThat(service.counts().immediateSkipped()).isEqualTo(1);
            assertThat(service.counts().immediateDone()).isZero();
            TwoStores.awaitDrained(service);

            stores.assertNothingDiffers();
        }
    }

    private static DataSource failingOnce(TwoStores stores, String thread) {
        AtomicBoolean failed = new AtomicBoolean();
        return stores.ofNew().sourceAfter(() -> {
            if (Thread.currentThread().getName().startsWith(thread) && failed.compareAndSet(false, true)) {
                throw new InternalError("a test's");
            }
        });
    }
}
