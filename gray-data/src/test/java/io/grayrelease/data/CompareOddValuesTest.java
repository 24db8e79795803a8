package io.grayrelease.data;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.CompareTest.awaitDone;
import static io.grayrelease.data.CompareTest.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Values at the edge of what a database can say of them are compared as all others are. */
class CompareOddValuesTest {
    private static final Table TABLE = Table.named("odd").key("id").shared("v").build();

    /** The digits of such a value are more than a packet may have. */
    @ParameterizedTest
    @CsvSource({"MARIADB, LONGBLOB, ''", "POSTGRESQL_TO_MARIADB, bytea, ::bytea"})
    void compare_binariesOfManyMegabytes_findsWhatDiffersAlone(Pair pair, String type, String cast) throws Exception {
        Side old = new Side(
                type + " NOT NULL", "(1, REPEAT('a', 9000000)" + cast + ")", "(2, REPEAT('a', 9000000)" + cast + ")");
        Side ofNew =
                new Side("LONGBLOB NOT NULL", "(1, REPEAT('a', 9000000))", "(2, CONCAT(REPEAT('a', 8999999), 'b'))");

        assertThat(compared(pair, old, ofNew)).containsOnly(entry("2", "DIFF [v]"));
    }

    /** MariaDB's seconds since 1970 of a moment of zeros are 0. */
    @Test
    void compare_momentOfZerosAndTheBeginOf1970_areFound() throws Exception {
        Side old = new Side("TIMESTAMP NULL", "(1, '0000-00-00 00:00:00'), (2, NULL)");
        Side ofNew = new Side("timestamptz(0)", "(1, 'epoch'), (2, NULL)");

        assertThat(compared(Pair.MARIADB_TO_POSTGRESQL, old, ofNew)).containsOnly(entry("1", "DIFF [v]"));
    }

    @ParameterizedTest
    @CsvSource({
        "date, DATE, infinity",
        "date, DATE, -infinity",
        "timestamp, DATETIME(6), infinity",
        "timestamptz, DATETIME(6), -infinity"
    })
    void compare_timesWithoutEndThatMariaDbHasNot_areFound(String type, String typeOfNew, String value)
            throws Exception {
        Pair pair = Pair.POSTGRESQL_TO_MARIADB;
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            create(old, type);
            create(ofNew, typeOfNew);
            old.execute(
                    "INSERT INTO odd VALUES (1, '2026-01-02'), (2, '" + value + "'), (3, '" + value + "'), (4, NULL)");
            ofNew.execute("INSERT INTO odd VALUES (1, '2026-01-02'), (3, '2026-01-02'), (4, NULL)");
            try (Migration<String, Row> service = started(old, ofNew, TABLE)) {
                Compare compare = service.compare(CompareSettings.DEFAULTS);
                assertThat(compare.await(20, TimeUnit.SECONDS)).isTrue();

                assertThat(found(service)).containsOnly(entry("2", "MISSING []"), entry("3", "DIFF [v]"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, time, time",
        "POSTGRESQL, time(3), time(6)",
        "POSTGRESQL_TO_MARIADB, time, TIME(6)",
        "POSTGRESQL_TO_MARIADB, time, TIME"
    })
    void compare_endOfTheDay_isNotItsBegin(Pair pair, String type, String typeOfNew) throws Exception {
        Side old = new Side(type, "(1, '24:00:00'), (2, '24:00:00'), (3, '00:00:00'), (4, '24:00:00')");
        Side ofNew = new Side(typeOfNew, "(1, '24:00:00'), (2, '00:00:00'), (3, '00:00:00'), (4, '23:59:59')");

        assertThat(compared(pair, old, ofNew)).containsOnly(entry("2", "DIFF [v]"), entry("4", "DIFF [v]"));
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, varchar(60), uuid",
        "MARIADB, VARCHAR(60), UUID",
        "POSTGRESQL_TO_MARIADB, varchar(60), UUID",
        "MARIADB_TO_POSTGRESQL, VARCHAR(60), uuid"
    })
    void compare_uuidThatATextWritesOtherwise_isTheSame(Pair pair, String type, String typeOfNew) throws Exception {
        Side old = new Side(
                type,
                "(1, '{6F1C3C5E-0000-4000-8000-000000000001}'), (2, '6f1c3c5e000040008000000000000002'),"
                        + " (3, '6f1c3c5e000040008000000000000003'), (4, '')");
        Side ofNew = new Side(
                typeOfNew,
                "(1, '6f1c3c5e-0000-4000-8000-000000000001'), (2, '6f1c3c5e-0000-4000-8000-000000000002'),"
                        + " (3, '6f1c3c5e-0000-4000-8000-00000000000f'), (4, NULL)");

        assertThat(compared(pair, old, ofNew)).containsOnly(entry("3", "DIFF [v]"), entry("4", "DIFF [v]"));
    }

    /** The database refuses a checksum of the second row: it is found, and so is the third, beside which it stands. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POSTGRESQL | varchar(9) | int | '05' | 'abc' | '7' | '8'",
                "POSTGRESQL | varchar(9) | numeric | '1e3' | '1e' | '1.50' | '1.51'",
                "POSTGRESQL | float8 | real | 0.1 | 1e300 | 7 | 8",
                "POSTGRESQL | float8 | real | 0.1 | 1e-300 | 7 | 8",
                "POSTGRESQL | numeric | float8 | 0.10 | 1e400 | 7 | 8",
                "POSTGRESQL | numeric | float8 | 0.00 | 1e-400 | 7 | 8",
                "POSTGRESQL | varchar(20) | date | '2026-01-02' | 'none' | '2026-01-03' | '2026-01-04'",
                "POSTGRESQL | varchar(20) | boolean | 'true' | 'Y' | '0' | '1'",
                "POSTGRESQL | varchar(30) | timestamp | '2026-01-02T03:04:05' | 'none' | '2026-01-02T03:04' | '2026-01-02'",
                "POSTGRESQL_TO_MARIADB | timestamp | DATETIME(6) | '2026-01-02' | '294276-12-31' | '2026-01-03'"
                        + " | '2026-01-04'"
            })
    void compare_valueWithoutTheOthersForm_isFoundAndHidesNone(
            Pair pair, String type, String typeOfNew, String same, String odd, String third, String thirdOfNew)
            throws Exception {
        Side old =
                new Side(type, "(1, " + same + "), (2, " + odd + "), (3, " + third + "), (4, NULL), (5, " + odd + ")");
        Side ofNew = new Side(typeOfNew, "(1, " + same + "), (3, " + thirdOfNew + "), (4, NULL), (5, " + same + ")");

        assertThat(compared(pair, old, ofNew))
                .containsOnly(entry("2", "MISSING []"), entry("3", "DIFF [v]"), entry("5", "DIFF [v]"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "POSTGRESQL_TO_MARIADB"})
    void compare_columnThatMayBeNullSinceTheLastOne_isComparedAsItIs(Pair pair) throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        Table table = Table.named("odd").key("id").shared("v", "w").build();
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            create(old, "VARCHAR(9) NOT NULL, w VARCHAR(9) NOT NULL");
            create(ofNew, "VARCHAR(9) NOT NULL, w VARCHAR(9) NOT NULL");
            try (Migration<String, Row> service = started(old, ofNew, table)) {
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                for (Database each : new Database[] {old, ofNew}) {
                    each.execute("DROP TABLE odd");
                    each.execute("CREATE TABLE odd (id INT PRIMARY KEY, v VARCHAR(9) NULL, w VARCHAR(9) NULL)");
                }
                old.execute("INSERT INTO odd VALUES (1, NULL, 'x')");
                ofNew.execute("INSERT INTO odd VALUES (1, 'x', NULL)");
                awaitDone(service.compare(CompareSettings.DEFAULTS));

                assertThat(found(service)).containsOnly(entry("1", "DIFF [v, w]"));
            }
        }
    }

    /** A store: the type of its column v, and the values (id, v) of statements that insert rows. */
    private record Side(String type, List<String> rows) {
        Side(String type, String... rows) {
            this(type, List.of(rows));
        }

        void fill(Database database) throws Exception {
            create(database, type);
            for (String some : rows) {
                database.execute("INSERT INTO odd VALUES " + some);
            }
        }
    }

    /** What a comparison finds. */
    private static Map<String, String> compared(Pair pair, Side inOld, Side inNew) throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            inOld.fill(old);
            inNew.fill(ofNew);
            try (Migration<String, Row> service = started(old, ofNew, TABLE)) {
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                return found(service);
            }
        }
    }

    private static void create(Database database, String type) throws Exception {
        GrayTables.create(database.source());
        database.execute(
                "CREATE TABLE odd (id INT PRIMARY KEY, v " + type + (type.contains("NULL") ? "" : " NULL") + ")");
    }

    private static Migration<String, Row> started(Database old, Database ofNew, Table table) throws Exception {
        return new RowsAsTheyAre(table).started(old, old.source(), ofNew, DataPhase.CAPTURE);
    }
}
