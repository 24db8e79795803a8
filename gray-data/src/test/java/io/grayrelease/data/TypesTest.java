package io.grayrelease.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is in a column comes over as it is, between databases that name and keep it differently; keys of two columns too. */
class TypesTest {
    record Key(String shop, long nr) {}

    record Item(
            Key key,
            boolean flag,
            long small,
            BigDecimal price,
            Object ratio,
            Object day,
            Object at,
            Object moment,
            String raw,
            String ref) {
        static Item of(String shop, long nr) {
            return new Item(
                    new Key(shop, nr),
                    nr % 2 == 0,
                    nr,
                    new BigDecimal("12345678901234.567891"),
                    0.1 * nr,
                    LocalDate.of(2026, 3, 29),
                    LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_000),
                    Instant.parse("2026-10-25T00:30:00.654321Z"),
                    Base64.getEncoder().encodeToString(new byte[] {0, -1, 39, 92, (byte) nr}),
                    "6f1c3c5e-0000-4000-8000-00000000000" + nr);
        }
    }

    private static final class ItemMapper implements RowMapper<Key, Item> {
        @Override
        public Table table() {
            return Table.named("items")
                    .key("shop", "nr")
                    .shared("flag", "small", "price", "ratio", "day_of", "at", "moment", "raw", "ref")
                    .build();
        }

        @Override
        public Row key(Key key) {
            return Row.of("shop", key.shop()).and("nr", key.nr());
        }

        @Override
        public Row row(Item item) {
            return key(item.key())
                    .and("flag", item.flag())
                    .and("small", item.small())
                    .and("price", item.price())
                    .and("ratio", item.ratio())
                    .and("day_of", item.day())
                    .and("at", item.at())
                    .and("moment", item.moment())
                    .and("raw", item.raw() == null ? null : Base64.getDecoder().decode(item.raw()))
                    .and("ref", item.ref());
        }

        @Override
        public Item record(Row row) {
            return new Item(
                    new Key(row.string("shop"), row.number("nr")),
                    row.flag("flag"),
                    row.number("small"),
                    row.decimal("price"),
                    row.value("ratio"),
                    row.value("day_of"),
                    row.value("at"),
                    row.value("moment"),
                    Texts.of(row.value("raw")),
                    row.string("ref"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.grayrelease.data.Pair#installed")
    void valuesOfAllTypes_copiedAndWritten_areReadAsTheyWere(Pair pair) throws Exception {
        AtomicBoolean gray = new AtomicBoolean();
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            GrayTables.create(old.source());
            GrayTables.create(ofNew.source());
            old.execute(items(old));
            ofNew.execute(items(ofNew));
            try (Migration<Key, Item> before = service(old, ofNew, DataPhase.OLD_ONLY, gray)) {
                before.write(tx -> {
                    for (int nr = 1; nr < 8; nr++) {
                        tx.insert(Item.of(nr % 2 == 0 ? "north" : "it's \"south\" 例", nr));
                    }
                });
            }
            try (Migration<Key, Item> service = service(old, ofNew, DataPhase.GRAY_READ, gray)) {
                Item empty = new Item(new Key("north", 9), false, 0, null, null, null, null, null, null, null);
                service.write(tx -> tx.insert(empty));
                service.write(tx -> tx.update(Item.of("north", 2)));
                service.write(tx -> tx.delete(new Key("north", 4)));
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS.chunkRows(2)));
                TwoStores.awaitDrained(service);

                for (int nr = 1; nr < 8; nr++) {
                    Item item = Item.of(nr % 2 == 0 ? "north" : "it's \"south\" 例", nr);
                    gray.set(false);
                    assertThat(service.read(item.key()).orElse(null)).isEqualTo(nr == 4 ? null : item);
                    gray.set(true);
                    assertThat(service.read(item.key()).orElse(null)).isEqualTo(nr == 4 ? null : item);
                }
                assertThat(service.read(empty.key())).contains(empty);
                assertThat(service.counts().readFallbacks()).isZero();
                assertThat(service.deadLetters()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void columnOfATypeThatDoesNotTravel_isNamedAtStart(Pair pair) throws Exception {
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            GrayTables.create(old.source());
            GrayTables.create(ofNew.source());
            String[] wrong = {items(old)[0].replace("flag BOOLEAN", "flag INT ARRAY")};
            old.execute(wrong);
            ofNew.execute(items(ofNew));

            assertThatThrownBy(() -> service(old, ofNew, DataPhase.CAPTURE, new AtomicBoolean()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column FLAG: found type INTEGER ARRAY");
        }
    }

    private static Migration<Key, Item> service(Database old, Database ofNew, DataPhase phase, AtomicBoolean gray)
            throws Exception {
        TwoStores.fact(old, "items", phase);
        return Migration.of("items", old.source(), ofNew.source(), new ItemMapper())
                .phase(() -> phase)
                .grayReader(gray::get)
                .withoutSteward()
                .start();
    }

    private static String[] items(Database database) {
        String url = database.source().getJdbcUrl();
        String sql = "CREATE TABLE items (shop VARCHAR(40), nr INT, flag BOOLEAN, small SMALLINT, price DECIMAL(20, 6),"
                + " ratio DOUBLE PRECISION, day_of DATE, at TIMESTAMP(6), moment TIMESTAMP(6) WITH TIME ZONE, raw BYTEA,"
                + " ref UUID, PRIMARY KEY (shop, nr))";
        if (url.startsWith("jdbc:mariadb")) {
            sql = sql.replace("moment TIMESTAMP(6) WITH TIME ZONE", "moment TIMESTAMP(6) NULL")
                    .replace("at TIMESTAMP(6)", "at DATETIME(6)")
                    .replace("BYTEA", "VARBINARY(100)");
        } else if (url.startsWith("jdbc:h2")) {
            sql = sql.replace("BYTEA", "VARBINARY(100)").replace("UUID", "CHAR(36)");
        }
        return new String[] {sql};
    }
}
