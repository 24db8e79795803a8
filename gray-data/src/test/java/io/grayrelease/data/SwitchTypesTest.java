package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Columns that keep the same value differently are no reason to stay with a store; a value that differs is. */
class SwitchTypesTest {
    private static final Table TABLE = Table.named("odd").key("id").shared("v").build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POSTGRESQL | varchar(20) | char(8) | 'ab' | 'ac'",
                "POSTGRESQL | timestamp(6) | timestamp(3) | '2026-01-02 03:04:05.123456' | '2026-01-02 03:04:05.124'",
                "POSTGRESQL | json | jsonb | '{\"b\":1, \"a\":2}' | '{\"b\":1, \"a\":3}'",
                "POSTGRESQL | real | double precision | 0.1 | 0.1001",
                "MARIADB | DATETIME(6) | DATETIME(3) | '2026-01-02 03:04:05.123456' | '2026-01-02 03:04:05.124'",
                "MARIADB | VARBINARY(8) | BINARY(4) | 'ab' | 'ac'",
                "POSTGRESQL_TO_MARIADB | char(8) | CHAR(8) | 'ab' | 'ac'",
                "POSTGRESQL_TO_MARIADB | timestamptz | DATETIME | '2026-01-02 03:04:05.123456Z' | '2026-01-02 03:04:06'",
                "POSTGRESQL_TO_MARIADB | jsonb | JSON | '{\"b\":1, \"a\":2}' | '{\"b\":1, \"a\":3}'",
                "MARIADB_TO_POSTGRESQL | CHAR(36) | uuid | '6F1C3C5E-0000-4000-8000-000000000001'"
                        + " | '6f1c3c5e-0000-4000-8000-000000000002'"
            })
    void switchAndBack_columnsOfDifferentTypes_differencesAloneAreInTheWay(
            Pair pair, String type, String typeOfNew, String value, String other) throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            create(old, "VARCHAR(40)", type);
            create(ofNew, "VARCHAR(40)", typeOfNew);
            try (Migration<String, Row> service = started(old, ofNew)) {
                for (int i = 0; i < 8; i++) {
                    write(service, "'old" + i + "'", "old" + i, value);
                }
                TwoStores.awaitDrained(service);
                service.step(DataPhase.NEW_PRIMARY);
                write(service, "'new'", "new", typeOfNew.equals("DATETIME") ? value.replace("Z", "") : value);
                TwoStores.awaitDrained(service);
                service.step(DataPhase.GRAY_READ);
                assertThat(service.deadLetters()).isZero();

                ofNew.execute("UPDATE odd SET v = " + other + " WHERE id = 'old3'");
                assertThatThrownBy(() -> service.step(DataPhase.NEW_PRIMARY))
                        .hasMessage("the row of old3 is not the same in both stores");
                ofNew.execute("UPDATE odd SET v = NULL WHERE id = 'old3'");
                assertThatThrownBy(() -> service.step(DataPhase.NEW_PRIMARY))
                        .hasMessage("the row of old3 is not the same in both stores");
                ofNew.execute("DELETE FROM odd WHERE id = 'old3'");
                assertThatThrownBy(() -> service.step(DataPhase.NEW_PRIMARY))
                        .hasMessage("the row of old3 is not the same in both stores");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, varchar(40), char(8), k1",
        "MARIADB_TO_POSTGRESQL, CHAR(36), uuid, 6f1c3c5e-0000-4000-8000-000000000001"
    })
    void switchAndBack_keysOfDifferentTypes_areTheSameRows(Pair pair, String type, String typeOfNew, String key)
            throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            create(old, type, "INT");
            create(ofNew, typeOfNew, "INT");
            try (Migration<String, Row> service = started(old, ofNew)) {
                write(service, "'" + key + "'", key, "1");
                TwoStores.awaitDrained(service);
                service.step(DataPhase.NEW_PRIMARY);
                service.step(DataPhase.GRAY_READ);

                ofNew.execute("UPDATE odd SET v = 2");
                assertThatThrownBy(() -> service.step(DataPhase.NEW_PRIMARY))
                        .hasMessageContaining("is not the same in both stores");
            }
        }
    }

    /** What the new primary writes of its own columns is kept beside the old row, by the name that both stores have for it. */
    @ParameterizedTest
    @CsvSource({
        "H2, char(8), char(10), ab",
        "POSTGRESQL, char(8), char(10), ab",
        "POSTGRESQL, char(8), varchar(8), ab",
        "POSTGRESQL, varchar(8), char(8), ab",
        "POSTGRESQL, 'numeric(8, 1)', 'numeric(8, 3)', 7.5",
        "POSTGRESQL, timestamp(3), timestamptz(3), 2026-01-02T03:04:05.120",
        "POSTGRESQL_TO_MARIADB, char(8), CHAR(8), ab",
        "MARIADB_TO_POSTGRESQL, CHAR(8), char(8), ab",
        "MARIADB_TO_POSTGRESQL, VARCHAR(8), char(8), ab",
        "MARIADB_TO_POSTGRESQL, 'DECIMAL(8, 1)', 'numeric(8, 3)', 7.5",
        "MARIADB_TO_POSTGRESQL, BINARY(4), bytea, YWIAAA==",
        "MARIADB_TO_POSTGRESQL, VARCHAR(36), uuid, 6f1c3c5e-0000-4000-8000-000000000001"
    })
    void backAndForth_keysOfDifferentTypes_keepNewColumns(Pair pair, String type, String typeOfNew, String key)
            throws Exception {
        withChannel(pair, type, typeOfNew, (service, old, ofNew) -> {
            service.write(tx -> tx.insert(row(key, 1).and("channel", "app")));
            TwoStores.awaitDrained(service);
            service.step(DataPhase.NEW_PRIMARY);
            service.write(tx ->
                    assertThat(tx.update(row(key, 2).and("channel", "phone"))).isTrue());
            TwoStores.awaitDrained(service);
            service.step(DataPhase.GRAY_READ);

            assertThat(service.deadLetters()).isZero();
            assertThat(service.read(key).orElseThrow().value("channel")).isEqualTo("phone");
            assertThat(service.read(key).orElseThrow().value("v")).isIn(2, 2L);
            service.write(tx -> assertThat(tx.delete(key)).isTrue());
            service.write(tx -> tx.insert(row(key, 3)));
            TwoStores.awaitDrained(service);
            service.step(DataPhase.NEW_PRIMARY);
            assertThat(service.read(key).orElseThrow().value("channel")).isEqualTo("web");
        });
    }

    /** PostgreSQL's driver reads a statement's rows as texts, and from its fifth execution on in binary. */
    @ParameterizedTest
    @CsvSource({"POSTGRESQL, real", "POSTGRESQL, double precision", "POSTGRESQL_TO_MARIADB, DOUBLE"})
    void switchAndBack_realThatIsReadInBinaryHereAndAsATextThere_isTheSame(Pair pair, String typeOfNew)
            throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew();
                HikariDataSource binary = old.sourceWith("prepareThreshold=-1")) {
            create(old, "VARCHAR(40)", "real");
            create(ofNew, "VARCHAR(40)", typeOfNew);
            try (Migration<String, Row> service =
                    new RowsAsTheyAre(TABLE).started(old, binary, ofNew, DataPhase.GRAY_READ)) {
                write(service, "'one'", "one", "0.1");
                write(service, "'endless'", "endless", pair == Pair.POSTGRESQL ? "'-Infinity'" : "1e30");
                TwoStores.awaitDrained(service);
                service.step(DataPhase.NEW_PRIMARY);
                assertThat(service.read("one").orElseThrow().value("v")).isEqualTo(0.1);
                service.step(DataPhase.GRAY_READ);
                service.step(DataPhase.CAPTURE);
                assertThat(service.read("one").orElseThrow().value("v")).isEqualTo(0.1);

                ofNew.execute("UPDATE odd SET v = 0.1001 WHERE id = 'one'");
                service.step(DataPhase.GRAY_READ);
                assertThatThrownBy(() -> service.step(DataPhase.NEW_PRIMARY))
                        .hasMessage("the row of one is not the same in both stores");
            }
        }
    }

    /** Rows of one store that would be found by another key in the other must not get there: on the way back they were others. */
    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, varchar(36), uuid, 6F1C3C5E-0000-4000-8000-000000000001",
        "MARIADB_TO_POSTGRESQL, CHAR(36), uuid, 6F1C3C5E-0000-4000-8000-000000000001",
        "MARIADB, VARCHAR(36), UUID, 6F1C3C5E-0000-4000-8000-000000000001",
        "POSTGRESQL, varchar(8), char(8), 'ab '",
        "POSTGRESQL, timestamp(6), timestamp(0), 2026-01-02T03:04:05.120"
    })
    void write_ofAKeyThatTheNewStoreKeepsAsAnother_isADeadLetterUntilItIsGone(
            Pair pair, String type, String typeOfNew, String key) throws Exception {
        withChannel(pair, type, typeOfNew, (service, old, ofNew) -> {
            service.write(tx -> tx.insert(row(key, 1)));
            TwoStores.awaitDrained(service);

            assertThat(service.deadLetters()).isEqualTo(1);
            assertThatThrownBy(() -> service.step(DataPhase.NEW_PRIMARY)).hasMessageContaining("dead letter");
        });
    }

    @ParameterizedTest
    @CsvSource({"POSTGRESQL", "MARIADB"})
    void copy_ofAKeyThatTheNewStoreKeepsAsAnother_isADeadLetter(Pair pair) throws Exception {
        withChannel(pair, "VARCHAR(36)", "UUID", (service, old, ofNew) -> {
            old.execute(
                    "INSERT INTO odd VALUES ('6F1C3C5E-0000-4000-8000-000000000001', 1)",
                    "INSERT INTO odd VALUES ('6f1c3c5e-0000-4000-8000-000000000002', 2)");
            CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));

            assertThat(service.deadLetters()).isEqualTo(1);
            try (Connection connection = ofNew.source().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT SUM(v) FROM odd")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2);
            }
        });
    }

    /** What happens to a service in GRAY_READ. */
    private interface Scene {
        void play(Migration<String, Row> service, Database old, Database ofNew) throws Exception;
    }

    /** With a column that only the new store has, and keys of two types. */
    private static void withChannel(Pair pair, String type, String typeOfNew, Scene scene) throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            create(old, type, "INT");
            create(ofNew, typeOfNew, "INT, channel VARCHAR(8)");
            Table table = Table.named("odd")
                    .key("id")
                    .shared("v")
                    .onlyNew("channel", "web")
                    .build();
            try (Migration<String, Row> service =
                    new RowsAsTheyAre(table).started(old, old.source(), ofNew, DataPhase.GRAY_READ)) {
                scene.play(service, old, ofNew);
            }
        }
    }

    private static Row row(String key, int value) {
        return Row.of("id", key).and("v", value);
    }

    private static void create(Database database, String key, String type) throws Exception {
        GrayTables.create(database.source());
        database.execute("CREATE TABLE odd (id " + key + " PRIMARY KEY, v " + type + " NULL)");
    }

    private static Migration<String, Row> started(Database old, Database ofNew) throws Exception {
        return new RowsAsTheyAre(TABLE).started(old, old.source(), ofNew, DataPhase.GRAY_READ);
    }

    private static void write(Migration<String, Row> service, String id, String key, String value) throws Exception {
        service.write(tx -> {
            try (Statement statement = tx.connection().createStatement()) {
                statement.execute("INSERT INTO odd VALUES (" + id + ", " + value + ")");
            }
            tx.changed(key);
        });
    }
}
