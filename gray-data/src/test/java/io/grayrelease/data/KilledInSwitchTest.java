package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The server of a store is killed with -9 in the middle of a switch of the primary, and started again. */
class KilledInSwitchTest {
    private static final int ORDERS = 100;

    @Test
    @EnabledIf("io.grayrelease.data.LivePostgresql#isInstalled")
    void postgresqlAsOldStore_killedInASwitch_losesNothing() throws Exception {
        try (LiveServer server = LivePostgresql.started();
                TwoStores stores = new TwoStores(Database.on(server), Database.of(Database.Make.POSTGRESQL))) {
            killed(stores, server);
        }
    }

    @Test
    @EnabledIf("io.grayrelease.data.LivePostgresql#isInstalled")
    void postgresqlAsNewStore_killedInASwitch_losesNothing() throws Exception {
        try (LiveServer server = LivePostgresql.started();
                TwoStores stores = new TwoStores(Database.of(Database.Make.POSTGRESQL), Database.on(server))) {
            killed(stores, server);
        }
    }

    /** First before it is drained, then before the store is left, then before the other one opens. */
    private static void killed(TwoStores stores, LiveServer server) throws Exception {
        stores.phase(DataPhase.GRAY_READ);
        for (int step = 0; step < 3; step++) {
            AtomicBoolean killed = new AtomicBoolean();
            try (Migration<Long, Order> service = stores.service(OrderMapper.NEW)
                    .switchSteps(steps(step, server, killed))
                    .start()) {
                int first = step * ORDERS;
                for (int id = first; id < first + ORDERS; id++) {
                    Order order = Order.of(id, "Ann", "1.00").by("app", id);
                    service.write(tx -> tx.insert(order));
                }
                boolean newBefore = stores.fact().newIsPrimary();
                DataPhase next = newBefore ? DataPhase.GRAY_READ : DataPhase.NEW_PRIMARY;
                try {
                    service.step(next);
                } catch (SQLException e) {
                    // Given up, or nobody was told how it ended.
                }
                assertThat(killed).isTrue();
                server.start();
                awaitWritten(service, 1_000 + step);
                assertThat(stores.fact().newIsPrimary()).isEqualTo(newBefore != (step == 2));
                TwoStores.awaitDrained(service);
                stores.assertNothingDiffers();
                assertThat(stores.inOld()).hasSize(first + ORDERS + step + 1);
            }
        }
    }

    private static void awaitWritten(Migration<Long, Order> service, long id) {
        await("writes go on").atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            service.write(tx -> {
                if (!tx.update(Order.of(id, "Bob", "2.00"))) {
                    tx.insert(Order.of(id, "Bob", "2.00"));
                }
            });
            return true;
        });
    }

    private static Switch.Steps steps(int at, LiveServer server, AtomicBoolean killed) {
        return new Switch.Steps() {
            @Override
            public void closed() {
                kill(0);
            }

            @Override
            public void drained() {
                kill(1);
            }

            @Override
            public void handedOver() {
                kill(2);
            }

            private void kill(int step) {
                try {
                    if (step == at && killed.compareAndSet(false, true)) {
                        server.kill();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
