package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.CompareTest.awaitDone;
import static io.grayrelease.data.CompareTest.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/** A text that a store cannot hold keeps out its own row alone, in a value and in a key, on all ways. */
class RefusedTextTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final String POSTGRESQL = "io.grayrelease.data.LivePostgresql#isInstalled";
    private static final Table TABLE = Table.named("odd").key("id").shared("v").build();
    private static final String NUL = "\u0000";
    private static final String SMILE = "\ud83d\ude00";

    /** PostgreSQL has no NUL; the others bring it over. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void nul_inAValueAndInAKey_keepsOutItsRowAlone(Pair pair) throws Exception {
        if (pair == Pair.POSTGRESQL || pair == Pair.POSTGRESQL_TO_MARIADB) {
            return;
        }
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            create(old);
            create(ofNew);
            insert(old, "copied", "x" + NUL + "y");
            insert(old, "copied" + NUL, "1");
            insert(old, "copied2", "2");
            try (Migration<String, Row> service = started(old, ofNew, DataPhase.CAPTURE)) {
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                write(service, "a", "x" + NUL + "y");
                write(service, "b" + NUL, "1");
                write(service, "c", "2");
                refusedOrNot(pair == Pair.MARIADB_TO_POSTGRESQL, service, ofNew);

                service.write(tx -> {
                    for (String key : new String[] {"copied" + NUL, "b" + NUL}) {
                        tx.delete(key);
                    }
                    tx.update(row("a", "x"));
                    tx.update(row("copied", "x"));
                });
                await().atMost(Duration.ofSeconds(20)).until(() -> service.deadLetters() == 0);
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                assertThat(found(service)).isEmpty();
                assertThat(rows(ofNew)).isEqualTo(Map.of("a", "x", "c", "2", "copied", "x", "copied2", "2"));
            }
        }
    }

    private static void refusedOrNot(boolean refused, Migration<String, Row> service, Database ofNew) throws Exception {
        TwoStores.awaitDrained(service);
        assertThat(rows(ofNew))
                .containsEntry("c", "2")
                .containsEntry("copied2", "2")
                .hasSize(refused ? 2 : 6);
        assertThat(service.deadLetters()).isEqualTo(refused ? 4 : 0);

        awaitDone(service.compare(CompareSettings.DEFAULTS.repair(true)));
        if (refused) {
            assertThat(found(service))
                    .containsOnly(
                            entry("a", "MISSING []"),
                            entry("b\\u0000", "MISSING []"),
                            entry("copied", "MISSING []"),
                            entry("copied\\u0000", "MISSING []"));
        } else {
            assertThat(found(service)).isEmpty();
        }
    }

    /** Back in the old store, whose encoding has no such character. */
    @Test
    @EnabledIf(POSTGRESQL)
    void character_thatTheOldStoreHasNot_keepsOutItsRowAlone() throws Exception {
        try (Database old = Database.inLatin1();
                Database ofNew = Pair.POSTGRESQL.databaseOfNew()) {
            create(old);
            create(ofNew);
            try (Migration<String, Row> service = started(old, ofNew, DataPhase.GRAY_READ)) {
                service.step(DataPhase.NEW_PRIMARY);
                write(service, "caf\u00e9", "caf\u00e9");
                write(service, "a", "smile " + SMILE);
                write(service, SMILE, "1");
                for (int i = 0; i < 20; i++) {
                    write(service, "plain" + i, "plain");
                }
                TwoStores.awaitDrained(service);
                assertThat(rows(old)).hasSize(21).containsEntry("caf\u00e9", "caf\u00e9");
                assertThat(service.deadLetters()).isEqualTo(2);
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                assertThat(new TreeSet<>(found(service).values())).containsExactly("MISSING []");
                assertThat(found(service)).containsOnlyKeys("a", SMILE);

                service.write(tx -> {
                    tx.update(row("a", "smile"));
                    tx.delete(SMILE);
                });
                await().atMost(Duration.ofSeconds(20)).until(() -> service.deadLetters() == 0);
                service.step(DataPhase.GRAY_READ);
                assertThat(rows(old)).isEqualTo(rows(ofNew)).hasSize(22);
            }
        }
    }

    /** The old store keeps it beside its table, on the way to the new one, and on the way back. */
    @Test
    @EnabledIf(POSTGRESQL)
    void character_thatTheOldStoreHasNot_inANewColumn_isNeitherRefusedNorLost() throws Exception {
        Table table =
                Table.named("odd").key("id").shared("v").onlyNew("mood", "none").build();
        try (Database old = Database.inLatin1();
                Database ofNew = Pair.POSTGRESQL.databaseOfNew()) {
            create(old);
            create(ofNew);
            ofNew.execute("ALTER TABLE odd ADD mood VARCHAR(40)");
            try (Migration<String, Row> service = started(old, ofNew, DataPhase.CAPTURE, table)) {
                service.write(tx -> tx.insert(row("a", "1").and("mood", SMILE)));
                TwoStores.awaitDrained(service);
                assertThat(service.read("a")).map(row -> row.string("mood")).contains(SMILE);
                service.step(DataPhase.GRAY_READ);
                service.step(DataPhase.NEW_PRIMARY);
                service.write(tx -> tx.insert(row("b", "2").and("mood", SMILE + SMILE)));
                TwoStores.awaitDrained(service);
                service.step(DataPhase.GRAY_READ);
                assertThat(service.deadLetters()).isZero();
                assertThat(service.read("a")).map(row -> row.string("mood")).contains(SMILE);
                assertThat(service.read("b")).map(row -> row.string("mood")).contains(SMILE + SMILE);
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                assertThat(found(service)).isEmpty();
            }
        }
    }

    @Test
    @EnabledIf(POSTGRESQL)
    void character_thatTheNewStoreHasNot_keepsOutItsCopiedRowAlone() throws Exception {
        try (Database old = Pair.POSTGRESQL.database();
                Database ofNew = Database.inLatin1()) {
            create(old);
            create(ofNew);
            for (int i = 0; i < 40; i++) {
                insert(old, "caf\u00e9" + i, "plain");
                insert(old, SMILE + i, i % 2 == 0 ? "1" : SMILE);
            }
            try (Migration<String, Row> service = started(old, ofNew, DataPhase.CAPTURE)) {
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS.chunkRows(7)));
                assertThat(rows(ofNew)).hasSize(40).containsEntry("caf\u00e939", "plain");
                assertThat(service.deadLetters()).isEqualTo(40);
                awaitDone(service.compare(CompareSettings.DEFAULTS.chunkRows(7)));
                assertThat(found(service)).hasSize(40).containsEntry("\\ud83d\\ude0039", "MISSING []");
            }
        }
    }

    @Test
    @EnabledIf("io.grayrelease.data.LiveMariaDb#isInstalled")
    void key_thatTheNewColumnCannotHave_keepsOutItsRowAloneUntilItIsDeleted() throws Exception {
        try (Database old = Pair.MARIADB.database();
                Database ofNew = Pair.MARIADB.databaseOfNew()) {
            create(old);
            create(ofNew);
            ofNew.execute("ALTER TABLE odd MODIFY id VARCHAR(40) CHARACTER SET latin1");
            insert(old, SMILE, "copied");
            insert(old, "plain", "copied");
            try (Migration<String, Row> service = started(old, ofNew, DataPhase.CAPTURE)) {
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                write(service, "\u65e5\u672c", "1");
                write(service, "plain2", "2");
                TwoStores.awaitDrained(service);
                assertThat(rows(ofNew)).containsOnlyKeys("plain", "plain2");
                assertThat(service.deadLetters()).isEqualTo(2);
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                assertThat(found(service))
                        .containsOnly(entry(SMILE, "MISSING []"), entry("\u65e5\u672c", "MISSING []"));

                service.write(tx -> {
                    tx.delete(SMILE);
                    tx.delete("\u65e5\u672c");
                });
                await().atMost(Duration.ofSeconds(20)).until(() -> service.deadLetters() == 0);
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                assertThat(found(service)).isEmpty();
            }
        }
    }

    /** Escaped, a text has six characters for one. */
    @ParameterizedTest
    @CsvSource({"42", "43", "120"})
    void longKey_thatIsEscaped_isStillOneOfItsOwn(int length) {
        String one = Ascii.key(SMILE.repeat(length) + "1");
        String other = Ascii.key(SMILE.repeat(length) + "2");

        assertThat(one).hasSizeLessThanOrEqualTo(255).isNotEqualTo(other).matches("[ -~]+");
        assertThat(Ascii.isEscaped(one)).isTrue();
        assertThat(Ascii.isEscaped("C:\\users")).isFalse();
    }

    private static void create(Database database) throws SQLException {
        GrayTables.create(database.source());
        database.execute("CREATE TABLE odd (id VARCHAR(40) PRIMARY KEY, v VARCHAR(40))");
    }

    private static Migration<String, Row> started(Database old, Database ofNew, DataPhase phase) throws SQLException {
        return started(old, ofNew, phase, TABLE);
    }

    private static Migration<String, Row> started(Database old, Database ofNew, DataPhase phase, Table table)
            throws SQLException {
        TwoStores.fact(old, "odd", phase);
        return Migration.of("odd", old.source(), ofNew.source(), new RowsAsTheyAre(table))
                .phase(() -> phase)
                .withoutSteward()
                .deadLettersEvery(Duration.ofMillis(200))
                .start();
    }

    private static void insert(Database database, String id, String value) throws SQLException {
        try (Connection connection = database.source().getConnection();
                var statement = connection.prepareStatement("INSERT INTO odd VALUES (?, ?)")) {
            statement.setString(1, id);
            statement.setString(2, value);
            statement.executeUpdate();
        }
    }

    private static void write(Migration<String, Row> service, String id, String value) throws SQLException {
        service.write(tx -> tx.insert(row(id, value)));
    }

    private static Row row(String id, String value) {
        return Row.of("id", id).and("v", value);
    }

    private static Map<String, String> rows(Database database) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, v FROM odd")) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        return found;
    }
}
