package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One row holds up no others, whatever the database says of it; and a store that takes none makes no dead letters. */
class FaultyRowTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final String MARIADB = "io.grayrelease.data.LiveMariaDb#isInstalled";
    private static final int OTHERS = 60;
    private static final int PACKET = 16 * 1024 * 1024;

    @Test
    @EnabledIf(MARIADB)
    void row_whichIsNotInTheEnum_isADeadLetter() throws Exception {
        oneIsRefused(Pair.MARIADB, "ALTER TABLE orders_v2 MODIFY customer ENUM('Ann', 'Bob')", "Zoe");
    }

    @Test
    @EnabledIf(MARIADB)
    void row_whichATriggerRefuses_isADeadLetter() throws Exception {
        String trigger = "CREATE TRIGGER few BEFORE INSERT ON orders_v2 FOR EACH ROW IF NEW.customer = 'Zoe' THEN"
                + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'; END IF";
        oneIsRefused(Pair.MARIADB, trigger, "Zoe");
    }

    @Test
    @EnabledIf(MARIADB)
    void row_ofAFaultThatIsUnknown_isADeadLetter() throws Exception {
        String trigger = "CREATE TRIGGER few BEFORE INSERT ON orders_v2 FOR EACH ROW IF NEW.customer = 'Zoe' THEN"
                + " SIGNAL SQLSTATE 'XX001' SET MESSAGE_TEXT = 'no'; END IF";
        oneIsRefused(Pair.MARIADB, trigger, "Zoe");
    }

    private static void oneIsRefused(Pair pair, String refusal, String refused) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            stores.ofNew().execute(refusal);
            writeAround(service, refused);
            TwoStores.awaitDrained(service);

            assertThat(service.deadLetters()).isEqualTo(1);
            assertThat(stores.inNew()).hasSize(OTHERS).doesNotContainKey(OTHERS / 2L);
        }
    }

    private static void writeAround(Migration<Long, Order> service, String refused) throws Exception {
        service.write(tx -> {
            for (int id = 0; id <= OTHERS; id++) {
                tx.insert(Order.of(id, id == OTHERS / 2 ? refused : "Ann", "1"));
            }
        });
    }

    static boolean bothInstalled() {
        return LivePostgresql.isInstalled() && LiveMariaDb.isInstalled();
    }

    @Test
    @EnabledIf("bothInstalled")
    void row_thatIsTooLargeForAStatement_isADeadLetterUntilItIsWrittenSmaller() throws Exception {
        try (TwoStores stores = Pair.POSTGRESQL_TO_MARIADB.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            stores.old().execute("ALTER TABLE orders ALTER COLUMN customer TYPE TEXT");
            stores.ofNew().execute("ALTER TABLE orders_v2 MODIFY customer LONGTEXT");
            writeAround(service, "Z".repeat(PACKET));
            TwoStores.awaitDrained(service);
            assertThat(service.deadLetters()).isEqualTo(1);
            assertThat(stores.inNew()).hasSize(OTHERS);

            service.write(tx -> tx.update(Order.of(OTHERS / 2, "Zoe", "1")));
            await().until(() -> service.deadLetters() == 0);
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void store_thatIsAway_makesNoDeadLetters(Pair pair) throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(
                                OrderMapper.NEW, stores.ofNew().sourceAfter(() -> {
                                    if (away.get()) {
                                        throw new SQLException("away", "08001");
                                    }
                                }))
                        .start()) {
            writeAround(service, "Bob");
            awaitFailures(service);
            away.set(false);
            TwoStores.awaitDrained(service);

            assertThat(service.counts().dead()).isZero();
            stores.assertNothingDiffers();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void store_withoutItsTable_makesNoDeadLetters(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores();
                Migration<Long, Order> service = stores.service(OrderMapper.NEW).start()) {
            service.write(tx -> tx.insert(Order.of(-1, "Ann", "1")));
            TwoStores.awaitDrained(service);
            stores.ofNew().execute("ALTER TABLE orders_v2 RENAME TO away");
            writeAround(service, "Bob");
            awaitFailures(service);
            stores.ofNew().execute("ALTER TABLE away RENAME TO orders_v2");
            TwoStores.awaitDrained(service);

            assertThat(service.counts().dead()).isZero();
            stores.assertNothingDiffers();
        }
    }

    /** More than would make a row suspicious. */
    private static void awaitFailures(Migration<Long, Order> service) {
        await().atMost(Duration.ofSeconds(30)).until(() -> service.counts().relayFailed() >= 8);
    }
}
