package io.grayrelease.data;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.CompareTest.SETTINGS;
import static io.grayrelease.data.CompareTest.awaitDone;
import static io.grayrelease.data.CompareTest.found;
import static io.grayrelease.data.TwoStores.awaitDrained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** The new store is primary: differences are told from its view, and repaired in the old one, with what that keeps beside. */
class CompareNewPrimaryTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_rowsOfEachKind_areFoundInTheOldStore(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> service = switched(stores)) {
            spoil(stores);
            awaitDone(service.compare(SETTINGS));

            assertThat(found(service))
                    .containsOnly(
                            entry("1", "MISSING []"), entry("2", "DIFF [customer, amount]"), entry("77", "EXTRA []"));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void repair_ofEachKind_bringsTheRowsOverAgain_withTheColumnsOfTheNewVersion(Pair pair) throws Exception {
        try (TwoStores stores = SwitchTest.grayRead(pair);
                Migration<Long, Order> service = switched(stores)) {
            Map<Long, Order> before = stores.inNew();
            spoil(stores);
            awaitDone(service.compare(SETTINGS.repair(true)));
            awaitDrained(service);

            assertThat(service.compared().found()).isEqualTo(3);
            assertThat(service.compared().isClean()).isTrue();
            assertThat(stores.inNew()).isEqualTo(before);
            stores.assertNothingDiffers();
            service.step(DataPhase.GRAY_READ);
            for (Order order : before.values()) {
                assertThat(service.read(order.id())).contains(order);
            }
        }
    }

    private static Migration<Long, Order> switched(TwoStores stores) throws Exception {
        Migration<Long, Order> service = stores.service(OrderMapper.NEW).start();
        service.write(tx -> {
            for (int id = 1; id <= 5; id++) {
                tx.insert(Order.of(id, "Ann", "1.00").by("app", id));
            }
        });
        service.step(DataPhase.NEW_PRIMARY);
        service.write(tx -> tx.update(Order.of(2, "Bob", "2.00").by("call", 20)));
        awaitDrained(service);
        return service;
    }

    private static void spoil(TwoStores stores) throws Exception {
        stores.old()
                .execute(
                        "DELETE FROM orders WHERE id = 1",
                        "DELETE FROM gray_ext WHERE row_key IN ('1', '2')",
                        "UPDATE orders SET customer = 'wrong', amount = 9 WHERE id = 2",
                        "INSERT INTO orders VALUES (77, 'x', 1)");
    }
}
