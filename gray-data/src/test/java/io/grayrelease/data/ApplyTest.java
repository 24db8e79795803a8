package io.grayrelease.data;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Events come in every order, alone and together: the new store ends the same. */
class ApplyTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final Order ORDER = Order.of(1, "Ann", "10.00");

    private final KeptEvents events = new KeptEvents();
    private final Counts counts = new Counts();

    @ParameterizedTest
    @MethodSource(PAIRS)
    void apply_insertAfterTheDeleteThatFollowedIt_staysDeleted(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = service(stores, OrderMapper.OLD)) {
            service.write(tx -> tx.insert(ORDER));
            service.write(tx -> tx.delete(1L));
            List<Event> all = events.awaited(2);

            deliver(stores, all.get(1), all.get(0));

            assertThat(all.get(0).version()).isGreaterThanOrEqualTo(Version.first(1));
            assertThat(stores.inNew()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void apply_olderUpdateAfterANewerOne_changesNothing(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = service(stores, OrderMapper.OLD)) {
            service.write(tx -> tx.insert(ORDER));
            service.write(tx -> tx.update(ORDER.of("11")));
            service.write(tx -> tx.update(ORDER.of("12")));
            List<Event> all = events.awaited(3);

            deliver(stores, all.get(2), all.get(0), all.get(1), all.get(2), all.get(1));

            stores.assertNothingDiffers();
            assertThat(counts.applied()).isEqualTo(1);
            assertThat(counts.stale()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void apply_oldVersionOvertakesTheNewOne_columnsOfTheNewOneSurvive(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> newVersion = service(stores, OrderMapper.NEW);
                Migration<Long, Order> oldVersion = service(stores, OrderMapper.OLD)) {
            oldVersion.write(tx -> tx.insert(ORDER));
            newVersion.write(tx -> tx.update(ORDER.of("11").by("app", 7)));
            oldVersion.write(tx -> tx.update(ORDER.of("12")));
            List<Event> all = events.awaited(3);

            deliver(stores, all.get(0), all.get(2), all.get(1));

            assertThat(stores.inNew()).containsEntry(1L, ORDER.of("12.00").by("app", 7));
        }
    }

    /** An insert of the new version, a delete, an insert of the old version: what the first one said must not come back. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void apply_rowThatIsAnotherOneNow_hasNothingOfTheOneBefore(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> newVersion = service(stores, OrderMapper.NEW);
                Migration<Long, Order> oldVersion = service(stores, OrderMapper.OLD)) {
            newVersion.write(tx -> tx.insert(ORDER.by("app", 7)));
            oldVersion.write(tx -> tx.delete(1L));
            oldVersion.write(tx -> tx.insert(ORDER.of("13")));
            for (List<Event> order : permutations(events.awaited(3))) {
                forget(stores);
                deliver(stores, order.toArray(new Event[0]));
                assertThat(stores.inNew()).as("%s", order).containsEntry(1L, ORDER.of("13.00"));

                forget(stores);
                applier(stores).accept(order);
                assertThat(stores.inNew()).as("together %s", order).containsEntry(1L, ORDER.of("13.00"));
            }
        }
    }

    private Migration<Long, Order> service(TwoStores stores, OrderMapper version) throws Exception {
        return stores.service(version).carrier(events.factory()).start();
    }

    private void deliver(TwoStores stores, Event... some) throws Exception {
        for (Event event : some) {
            applier(stores).accept(List.of(event));
        }
    }

    private Applier applier(TwoStores stores) {
        return new Applier(
                "order-v2", Store.ofNew(stores.ofNew().source(), OrderMapper.TABLE), OrderMapper.TABLE, counts);
    }

    private static void forget(TwoStores stores) throws Exception {
        stores.ofNew().execute("DELETE FROM orders_v2", "DELETE FROM gray_meta");
    }

    private static List<List<Event>> permutations(List<Event> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Event>> all = new ArrayList<>();
        for (Event first : events) {
            List<Event> others = new ArrayList<>(events);
            others.remove(first);
            for (List<Event> rest : permutations(others)) {
                List<Event> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            }
        }
        return all;
    }
}
