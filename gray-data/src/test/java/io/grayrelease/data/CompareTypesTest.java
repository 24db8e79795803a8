package io.grayrelease.data;

import java.sql.Connection;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.CompareTest.awaitDone;
import static io.grayrelease.data.CompareTest.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** Values that are the same, in columns of different types and in databases that keep them differently; and the least that is not. */
class CompareTypesTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final List<String> COLUMNS =
            List.of("flag", "small", "price", "ratio", "day_of", "at", "moment", "raw", "ref", "code", "note");

    private static RowsAsTheyAre items() {
        return new RowsAsTheyAre(Table.named("items")
                .key("id")
                .shared(COLUMNS.toArray(new String[0]))
                .build());
    }

    /** The table with other types in the new store: scales, lengths, digits of seconds, CHAR for VARCHAR. */
    private static String create(Database database, boolean isNew) throws Exception {
        Dialect dialect = dialect(database);
        String sql = "CREATE TABLE items (id BIGINT PRIMARY KEY, flag " + (isNew ? "SMALLINT" : "BOOLEAN")
                + ", small " + (isNew ? "BIGINT" : "SMALLINT")
                + ", price DECIMAL(20, " + (isNew ? 4 : 2) + "), ratio DOUBLE PRECISION, day_of DATE, at TIMESTAMP("
                + (isNew ? 3 : 6) + "), moment TIMESTAMP(6) WITH TIME ZONE, raw BYTEA, ref UUID, code "
                + (isNew ? "CHAR(8)" : "VARCHAR(20)") + ", note VARCHAR(200))";
        if (dialect == Dialect.MARIADB) {
            return sql.replace("moment TIMESTAMP(6) WITH TIME ZONE", "moment TIMESTAMP(6) NULL")
                    .replace("at TIMESTAMP", "at DATETIME")
                    .replace("BYTEA", "VARBINARY(100)");
        }
        return dialect == Dialect.H2 ? sql.replace("BYTEA", "VARBINARY(100)").replace("UUID", "CHAR(36)") : sql;
    }

    private static Dialect dialect(Database database) throws Exception {
        try (Connection connection = database.source().getConnection()) {
            return Dialect.of(connection);
        }
    }

    private static String insert(Database database, int id) throws Exception {
        Dialect dialect = dialect(database);
        boolean mariadb = dialect == Dialect.MARIADB;
        return "INSERT INTO items VALUES (" + id + ", " + flag(database, id % 2 == 0)
                + ", " + (id - 3) + ", " + (id % 3 == 0 ? "1.5" : "-0.10") + ", " + (0.1 * id)
                + ", '2026-03-29', '2026-03-29 02:30:00.123', "
                + (mariadb
                        ? "FROM_UNIXTIME(1793128200.654321)"
                        : "TIMESTAMP WITH TIME ZONE '2026-10-27 19:10:00.654321+00'")
                + ", " + (dialect == Dialect.POSTGRESQL ? "'\\x00ff275c'" : "X'00ff275c'")
                + ", '6f1c3c5e-0000-4000-8000-00000000000" + id + "', 'ab " + id + "', 'it''s \"x\", 例 " + id + "')";
    }

    private static String flag(Database database, boolean value) throws Exception {
        Dialect dialect = dialect(database);
        return dialect == Dialect.MARIADB ? (value ? "1" : "0") : "" + value;
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_valuesOfAllTypes_equalAcrossMakesAndTypes(Pair pair) throws Exception {
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew();
                Migration<String, Row> service = service(old, ofNew, items())) {
            awaitDone(service.compare(CompareSettings.DEFAULTS));
            assertThat(found(service)).isEmpty();
            assertThat(service.compared().rows()).isEqualTo(9);

            ofNew.execute(
                    "UPDATE items SET flag = 1 - flag WHERE id = 1",
                    "UPDATE items SET small = small + 1 WHERE id = 2",
                    "UPDATE items SET price = price + 0.001 WHERE id = 3",
                    "UPDATE items SET ratio = ratio + 0.0001 WHERE id = 4",
                    "UPDATE items SET day_of = '2026-03-30', raw = NULL WHERE id = 5",
                    "UPDATE items SET at = '2026-03-29 02:30:00.124' WHERE id = 6",
                    "UPDATE items SET moment = moment + INTERVAL '1' SECOND WHERE id = 7",
                    "UPDATE items SET ref = '6f1c3c5e-0000-4000-8000-00000000000f', code = 'AB 8' WHERE id = 8",
                    "UPDATE items SET note = 'it''s \"x\", 例 9 ' WHERE id = 9");
            awaitDone(service.compare(CompareSettings.DEFAULTS));
            assertThat(found(service))
                    .containsOnly(
                            entry("1", "DIFF [flag]"),
                            entry("2", "DIFF [small]"),
                            entry("3", "DIFF [price]"),
                            entry("4", "DIFF [ratio]"),
                            entry("5", "DIFF [day_of, raw]"),
                            entry("6", "DIFF [at]"),
                            entry("7", "DIFF [moment]"),
                            entry("8", "DIFF [ref, code]"),
                            entry("9", "DIFF [note]"));
        }
    }

    private static Migration<String, Row> service(Database old, Database ofNew, RowsAsTheyAre mapper) throws Exception {
        GrayTables.create(old.source());
        GrayTables.create(ofNew.source());
        old.execute(create(old, false));
        ofNew.execute(create(ofNew, true));
        for (int id = 1; id < 10; id++) {
            old.execute(insert(old, id));
            String row = insert(ofNew, id);
            ofNew.execute(
                    row.replace("(" + id + ", true", "(" + id + ", 1").replace("(" + id + ", false", "(" + id + ", 0"));
        }
        return started(old, ofNew, mapper);
    }

    private static Migration<String, Row> started(Database old, Database ofNew, RowsAsTheyAre mapper) throws Exception {
        return mapper.started(old, old.source(), ofNew, DataPhase.CAPTURE);
    }

    /** Texts that the two databases order, and find equal, differently: by bytes here, whatever the case there. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_textKeysInDifferentOrders_findsWhatDiffersAlone(Pair pair) throws Exception {
        RowsAsTheyAre mapper = new RowsAsTheyAre(
                Table.named("names").key("id", "part").shared("note").build());
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            for (Database each : List.of(old, ofNew)) {
                GrayTables.create(each.source());
                boolean mariadb = dialect(each) == Dialect.MARIADB;
                String collation = mariadb ? (each == old ? "COLLATE utf8mb4_bin" : "COLLATE utf8mb4_general_ci") : "";
                each.execute("CREATE TABLE names (id VARCHAR(40) " + collation
                        + ", part INT, note VARCHAR(40), PRIMARY KEY (id, part))");
                for (int i = 0; i < 300; i++) {
                    each.execute("INSERT INTO names VALUES ('" + name(i) + "', " + (i % 3) + ", 'n" + i + "')");
                }
            }
            ofNew.execute(
                    "DELETE FROM names WHERE note = 'n17'",
                    "UPDATE names SET note = 'N40' WHERE note = 'n40'",
                    "INSERT INTO names VALUES ('0', 0, 'below'), ('zzz', 9, 'above'), ('Mm-', 9, 'between')");
            try (Migration<String, Row> service = started(old, ofNew, mapper)) {
                awaitDone(service.compare(CompareSettings.DEFAULTS.chunkRows(20)));

                Map<String, String> found = found(service);
                assertThat(found)
                        .containsOnly(
                                entry(key(name(17), 17 % 3), "MISSING []"),
                                entry(key(name(40), 40 % 3), "DIFF [note]"),
                                entry(key("0", 0), "EXTRA []"),
                                entry(key("zzz", 9), "EXTRA []"),
                                entry(key("Mm-", 9), "EXTRA []"));
            }
        }
    }

    /** Upper and lower case, mixed; unlike in any case, for one of the databases tells them apart by that. */
    private static String name(int i) {
        char first = (char) (i % 2 == 0 ? 'A' + i % 26 : 'a' + i % 26);
        return first + "x-" + i;
    }

    private static String key(String id, int part) {
        return id.length() + ":" + id + "1:" + part;
    }

    /** No text can pass for two, and none is not an empty one. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_textsThatMovedBetweenColumns_areFound(Pair pair) throws Exception {
        RowsAsTheyAre mapper = new RowsAsTheyAre(
                Table.named("pairs").key("id").shared("one", "other").build());
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            for (Database each : List.of(old, ofNew)) {
                GrayTables.create(each.source());
                each.execute("CREATE TABLE pairs (id INT PRIMARY KEY, one VARCHAR(40), other VARCHAR(40))");
            }
            old.execute("INSERT INTO pairs VALUES (1, 'x,y', 'z'), (2, NULL, 'q'), (3, '', NULL), (4, 'x', 'y')");
            ofNew.execute("INSERT INTO pairs VALUES (1, 'x', 'y,z'), (2, 'q', NULL), (3, NULL, ''), (4, 'x', 'y')");
            try (Migration<String, Row> service = started(old, ofNew, mapper)) {
                awaitDone(service.compare(CompareSettings.DEFAULTS));

                assertThat(found(service))
                        .containsOnly(
                                entry("1", "DIFF [one, other]"),
                                entry("2", "DIFF [one, other]"),
                                entry("3", "DIFF [one, other]"));
            }
        }
    }

    /** Each column may be NULL in one of the stores only, and is so. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_nullThatOnlyOneStoreAllows_isFound(Pair pair) throws Exception {
        RowsAsTheyAre mapper = new RowsAsTheyAre(
                Table.named("pairs").key("id").shared("one", "other").build());
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            GrayTables.create(old.source());
            GrayTables.create(ofNew.source());
            old.execute(
                    "CREATE TABLE pairs (id INT PRIMARY KEY, one VARCHAR(40), other VARCHAR(40) NOT NULL)",
                    "INSERT INTO pairs VALUES (1, NULL, 'x'), (2, 'y', 'x')");
            ofNew.execute(
                    "CREATE TABLE pairs (id INT PRIMARY KEY, one VARCHAR(40) NOT NULL, other VARCHAR(40))",
                    "INSERT INTO pairs VALUES (1, 'x', NULL), (2, 'y', 'x')");
            try (Migration<String, Row> service = started(old, ofNew, mapper)) {
                awaitDone(service.compare(CompareSettings.DEFAULTS));

                assertThat(found(service)).containsOnly(entry("1", "DIFF [one, other]"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void compare_sameMake_takesTheHashOfItsDatabases(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores()) {
            ComparedPair compared = ComparedPair.of(
                    OrderMapper.TABLE,
                    Store.old(stores.old().source(), OrderMapper.TABLE),
                    Store.ofNew(stores.ofNew().source(), OrderMapper.TABLE));

            assertThat(compared.hash)
                    .isEqualTo(
                            pair == Pair.H2
                                    ? null
                                    : pair == Pair.POSTGRESQL
                                            ? RowHash.POSTGRESQL
                                            : pair == Pair.MARIADB ? RowHash.MARIADB : RowHash.MD5);
        }
    }
}
