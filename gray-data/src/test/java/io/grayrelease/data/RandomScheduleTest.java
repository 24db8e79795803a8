package io.grayrelease.data;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two versions of a service write the same few orders from several threads, a copy runs beside, and a queue delivers in any order:
 * nothing differs in the end, and the columns that only the new store has are what the last who knew them said.
 */
class RandomScheduleTest {
    private static final int SEEDS = 50;
    private static final int ORDERS = 12;
    private static final int WRITES = 60;

    /** The seeds, spread over the pairs of databases. */
    static Stream<Arguments> seeds() {
        List<Pair> pairs = Pair.installed().toList();
        return IntStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(pairs.get(seed % pairs.size()), seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anySchedule_endsWithEqualStores(Pair pair, long seed) throws Exception {
        List<ShufflingCarrier> carriers = new ArrayList<>();
        Carrier.Factory factory = (route, inbox) -> {
            ShufflingCarrier carrier = new ShufflingCarrier(seed, inbox);
            carriers.add(carrier);
            return carrier;
        };
        try (TwoStores stores = pair.stores()) {
            fill(stores);
            try (Migration<Long, Order> one =
                            stores.service(OrderMapper.OLD).carrier(factory).start();
                    Migration<Long, Order> two =
                            stores.service(OrderMapper.NEW).carrier(factory).start()) {
                stores.phase(seed % 2 == 0 ? DataPhase.CAPTURE : DataPhase.GRAY_READ);
                run(one, two, seed);
                awaitQuiet(one, carriers);

                stores.assertNothingDiffers();
                assertThat(stores.inNew()).isEqualTo(expected(stores, carriers));
                assertThat(one.deadLetters()).isZero();
            }
        }
    }

    private static void fill(TwoStores stores) throws SQLException {
        for (int id = 0; id < ORDERS; id += 2) {
            stores.old().execute("INSERT INTO orders VALUES (" + id + ", 'before', 0)");
        }
    }

    private static void run(Migration<Long, Order> one, Migration<Long, Order> two, long seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> writers = List.of(
                    threads.submit(() -> write(one, new Random(3 * seed))),
                    threads.submit(() -> write(two, new Random(3 * seed + 1))),
                    threads.submit(() -> write(two, new Random(3 * seed + 2))));
            Copy copy = one.copy(CopySettings.DEFAULTS.chunkRows(2));
            for (Future<?> writer : writers) {
                writer.get();
            }
            CopyTest.awaitDone(copy);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void write(Migration<Long, Order> service, Random random) {
        for (int i = 0; i < WRITES; i++) {
            long id = random.nextInt(ORDERS);
            int what = random.nextInt(10);
            Order order =
                    new Order(id, "c" + random.nextInt(100), new BigDecimal(random.nextInt(1000)), "ch" + i, (long) i);
            try {
                service.write(tx -> write(tx, what, order));
            } catch (SQLException e) {
                // Two inserts at a time, or a circle of waiting: nothing is written, and nothing may arrive.
            }
        }
    }

    private static void write(Tx<Long, Order> tx, int what, Order order) throws SQLException {
        if (what < 3) {
            tx.delete(order.id());
        } else if (!tx.update(order)) {
            tx.insert(order);
        }
        if (what == 9) {
            throw new SQLException("rolled back");
        }
    }

    private static void awaitQuiet(Migration<?, ?> service, List<ShufflingCarrier> carriers) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        service.backlog().events() == 0 && carriers.stream().allMatch(ShufflingCarrier::isEmpty));
    }

    /** All events one after the other, in their order: the rules once more, as simply as they can be said. */
    private static Map<Long, Order> expected(TwoStores stores, List<ShufflingCarrier> carriers) throws Exception {
        Map<Long, Image> inOrder = new TreeMap<>();
        Map<Long, String> keys = new TreeMap<>();
        for (ShufflingCarrier carrier : carriers) {
            for (Event event : carrier.all()) {
                inOrder.put(event.version(), event.image());
                keys.put(event.version(), event.key());
            }
        }
        Map<Long, Order> expected = new TreeMap<>(stores.inOld());
        for (Map.Entry<Long, Image> event : inOrder.entrySet()) {
            Long id = Long.valueOf(keys.get(event.getKey()));
            Image image = event.getValue();
            if (image.settlesOnlyNew() && expected.containsKey(id)) {
                String channel = image.isDeleted() ? "web" : image.onlyNew().get("channel");
                String priority = image.onlyNew().get("priority");
                Order order = expected.get(id);
                expected.put(
                        id,
                        new Order(
                                id,
                                order.customer(),
                                order.amount(),
                                channel,
                                priority == null ? null : Long.valueOf(priority)));
            }
        }
        return expected;
    }
}
