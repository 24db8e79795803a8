package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.policy.model.DataPhase;

import static io.grayrelease.data.CompareTest.awaitDone;
import static io.grayrelease.data.CompareTest.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Values that Java's classes or a driver do not know, in a process whose time zone is not the databases'. */
@Isolated("sets the time zone of the process")
class OddValuesTest {
    private static final Table TABLE = Table.named("odd").key("id").shared("v").build();

    private static final List<String> OLD_DAYS = List.of("0001-01-01", "1500-03-01", "1582-10-10", "1582-10-15");

    private final TimeZone before = TimeZone.getDefault();

    @BeforeEach
    void inBerlin() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    }

    @AfterEach
    void asBefore() {
        TimeZone.setDefault(before);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "MARIADB, TIME, '25:00:00'",
                "MARIADB, TIME(3), '-01:00:00.5'",
                "MARIADB, TIME, '10:20:30'",
                "MARIADB, TIMESTAMP, '2026-03-29 02:30:00'",
                "MARIADB, TIMESTAMP(6), '2026-10-25 02:30:00.123456'",
                "MARIADB, DATETIME, '2026-03-29 02:30:00'",
                "MARIADB, DATETIME, '0000-00-00 00:00:00'",
                "MARIADB, DATE, '0000-00-00'",
                "MARIADB, DATE, '2026-03-29'",
                "MARIADB, DATE, '1500-03-01'",
                "MARIADB, DATETIME, '0001-01-01 00:00:00'",
                "MARIADB, DATETIME(6), '1500-03-01 12:00:00.5'",
                "MARIADB, DATETIME, '1582-10-10 01:02:03'",
                "MARIADB, YEAR, 2026",
                "MARIADB, YEAR, 0",
                "POSTGRESQL, numeric, 'NaN'",
                "POSTGRESQL, numeric, '-Infinity'",
                "POSTGRESQL, \"numeric(12, 2)\", 'NaN'",
                "POSTGRESQL, numeric, 0",
                "POSTGRESQL, float8, 0",
                "POSTGRESQL, float8, 'NaN'",
                "POSTGRESQL, time, '24:00:00'",
                "POSTGRESQL, timestamptz, 'infinity'",
                "POSTGRESQL, timestamptz, '-infinity'",
                "POSTGRESQL, timestamp, 'infinity'",
                "POSTGRESQL, date, '-infinity'",
                "POSTGRESQL, date, '0044-03-15 BC'",
                "POSTGRESQL, date, '1500-03-01'",
                "POSTGRESQL, timestamp, '0001-12-31 23:59:59 BC'",
                "POSTGRESQL, timestamp, '1582-10-10 01:02:03.5'",
                "POSTGRESQL, timestamptz, '0044-03-15 12:00:00+00 BC'",
                "POSTGRESQL, timestamptz, '1500-03-01 12:00:00+00'",
                "POSTGRESQL, timestamp, '20000-01-01 00:00:00'",
                "POSTGRESQL, real, 0.1",
                "POSTGRESQL, real, 'NaN'",
                "POSTGRESQL, real, '-Infinity'",
                "H2, real, 0.1"
            })
    void oddValue_copiedWrittenAndRead_isTheSame(Pair pair, String type, String value) throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            create(old, type);
            create(ofNew, type);
            old.execute("INSERT INTO odd VALUES ('copied', " + value + ")");
            try (Migration<String, Row> service = started(old, old.source(), ofNew)) {
                write(service, value);
                Row written = service.read("written").orElseThrow();
                service.write(tx -> tx.update(written));
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                TwoStores.awaitDrained(service);

                assertThat(texts(ofNew, "v")).hasSize(2).isEqualTo(texts(old, "v"));
                assertThat(texts(ofNew, "v").get("written"))
                        .isEqualTo(texts(ofNew, "v").get("copied"));
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                assertThat(found(service)).isEmpty();

                ofNew.execute("UPDATE odd SET v = NULL WHERE id = 'copied'");
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                assertThat(found(service)).containsOnly(Map.entry("copied", "DIFF [v]"));
            }
        }
    }

    /** From the days when the Julian calendar was in use, by which some of Java's classes count; read as texts and in binary. */
    @ParameterizedTest
    @CsvSource({
        "MARIADB, DATETIME(6), DATETIME(6), ?useServerPrepStmts=true",
        "MARIADB_TO_POSTGRESQL, DATETIME(6), timestamp, ''",
        "MARIADB_TO_POSTGRESQL, DATETIME(6), timestamp, ?useServerPrepStmts=true",
        "MARIADB_TO_POSTGRESQL, DATETIME(6), timestamptz, ''",
        "MARIADB_TO_POSTGRESQL, DATE, date, ?useServerPrepStmts=true",
        "POSTGRESQL_TO_MARIADB, timestamp, DATETIME(6), ''",
        "POSTGRESQL_TO_MARIADB, timestamptz, DATETIME(6), ''",
        "POSTGRESQL_TO_MARIADB, date, DATE, ''",
        "POSTGRESQL, timestamp, timestamptz, ''"
    })
    void dateBeforeTheGregorianCalendar_inTheOtherStore_isThatDay(
            Pair pair, String type, String typeOfNew, String options) throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew();
                HikariDataSource source = old.sourceWith(options.replace("?", ""))) {
            create(old, type);
            create(ofNew, typeOfNew);
            String noon = type.equalsIgnoreCase("date") ? "" : " 12:00:00" + (type.equals("timestamptz") ? "+00" : "");
            for (int i = 0; i < OLD_DAYS.size(); i++) {
                old.execute("INSERT INTO odd VALUES ('copied" + i + "', '" + OLD_DAYS.get(i) + noon + "')");
            }
            try (Migration<String, Row> service = started(old, source, ofNew)) {
                for (int i = 0; i < 12; i++) {
                    insert(service, "written" + i, "'" + OLD_DAYS.get(i % OLD_DAYS.size()) + noon + "'");
                }
                CopyTest.awaitDone(service.copy(CopySettings.DEFAULTS));
                TwoStores.awaitDrained(service);

                assertThat(service.deadLetters()).isZero();
                assertThat(days(ofNew)).hasSize(12 + OLD_DAYS.size()).isEqualTo(days(old));
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                assertThat(found(service)).isEmpty();

                ofNew.execute("UPDATE odd SET v = '1500-03-11' WHERE id = 'copied1'");
                awaitDone(service.compare(CompareSettings.DEFAULTS));
                assertThat(found(service)).containsOnly(Map.entry("copied1", "DIFF [v]"));
            }
        }
    }

    private static Map<String, String> days(Database database) throws SQLException {
        Map<String, String> days = texts(database, "v");
        // PostgreSQL writes moments in the zone of the process.
        days.replaceAll((id, text) -> text.substring(0, "0001-01-01".length()));
        return days;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "POSTGRESQL_TO_MARIADB, date, DATE, '0044-03-15 BC'",
                "POSTGRESQL_TO_MARIADB, timestamp, DATETIME(6), '0044-03-15 12:00:00 BC'",
                "POSTGRESQL_TO_MARIADB, timestamptz, DATETIME(6), '0044-03-15 12:00:00+00 BC'",
                "POSTGRESQL_TO_MARIADB, date, DATE, '10000-01-01'",
                "POSTGRESQL_TO_MARIADB, timestamp, DATETIME(6), '10000-01-01 00:00:00'",
                "MARIADB_TO_POSTGRESQL, TIME, TIME, '-01:00:00'",
                "MARIADB_TO_POSTGRESQL, DATE, DATE, '0000-00-00'",
                "MARIADB_TO_POSTGRESQL, DATETIME, TIMESTAMP, '0000-00-00 00:00:00'",
                "POSTGRESQL_TO_MARIADB, numeric, \"DECIMAL(12, 2)\", 'NaN'",
                "POSTGRESQL_TO_MARIADB, float8, DOUBLE, 'NaN'",
                "POSTGRESQL_TO_MARIADB, time, TIME(6), '24:00:00'",
                "POSTGRESQL_TO_MARIADB, date, DATE, 'infinity'",
                "POSTGRESQL_TO_MARIADB, timestamptz, DATETIME(6), 'infinity'",
                "POSTGRESQL_TO_MARIADB, timestamptz, TIMESTAMP(6) NULL, 'infinity'",
                "POSTGRESQL_TO_MARIADB, timestamp, TIMESTAMP(6) NULL, 'infinity'",
                "POSTGRESQL_TO_MARIADB, timestamp, DATETIME(6), '-infinity'"
            })
    void valueThatTheNewStoreHasNot_isADeadLetter(Pair pair, String type, String typeOfNew, String value)
            throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            create(old, type);
            create(ofNew, typeOfNew);
            try (Migration<String, Row> service = started(old, old.source(), ofNew)) {
                write(service, value);
                TwoStores.awaitDrained(service);

                assertThat(service.deadLetters()).isEqualTo(1);
                assertThat(texts(ofNew, "v")).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MARIADB, FLOAT, 'found type FLOAT, expected DOUBLE or DECIMAL'",
        "MARIADB, BIT(8), found type BIT",
        "POSTGRESQL, money, 'found type money, expected numeric'",
        "POSTGRESQL, timetz, found type timetz",
        "POSTGRESQL, bit(8), found type bit",
        "POSTGRESQL, bit(1), found type bit"
    })
    void columnOfATypeThatDoesNotTravel_isNamedAtStart(Pair pair, String type, String message) throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            create(old, type);
            create(ofNew, type);

            assertThatThrownBy(() -> started(old, old.source(), ofNew))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column v: " + message);
        }
    }

    /** By the database's order they are numbers, and compared they are texts: a copy would lose rows. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {"ENUM, \"ENUM('z', 'a')\"", "SET, \"SET('z', 'a')\""})
    void keyOfNamedValues_ofMariaDb_isNamedAtStart(String name, String type) throws Exception {
        assumeTrue(Pair.installed().anyMatch(Pair.MARIADB::equals));
        try (Database old = Pair.MARIADB.database();
                Database ofNew = Pair.MARIADB.databaseOfNew()) {
            for (Database each : new Database[] {old, ofNew}) {
                GrayTables.create(each.source());
                each.execute("CREATE TABLE odd (id " + type + " PRIMARY KEY, v " + type + " NULL)");
            }

            assertThatThrownBy(() -> started(old, old.source(), ofNew))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "column id: found type " + name + " in the key, expected a number or VARCHAR");
        }
    }

    /** The zone of the old store's sessions is another one: moments are the same. */
    @ParameterizedTest
    @CsvSource({
        "MARIADB, TIMESTAMP(6) NULL, UNIX_TIMESTAMP(v)",
        "MARIADB_TO_POSTGRESQL, TIMESTAMP(6) WITH TIME ZONE, extract(epoch FROM v)"
    })
    void moment_ofSessionsInAnotherZone_isTheSameMoment(Pair pair, String typeOfNew, String seconds) throws Exception {
        assumeTrue(Pair.installed().anyMatch(pair::equals));
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew();
                HikariDataSource inChina = old.sourceWith("sessionVariables=time_zone='+08:00'")) {
            create(old, "TIMESTAMP(6) NULL");
            create(ofNew, typeOfNew);
            try (Migration<String, Row> service = started(old, inChina, ofNew)) {
                write(service, "FROM_UNIXTIME(1774751400.25)");
                Row written = service.read("written").orElseThrow();
                service.write(tx -> tx.update(written));
                TwoStores.awaitDrained(service);

                assertThat(texts(old, "UNIX_TIMESTAMP(v)")).containsEntry("written", "1774751400.250000");
                assertThat(texts(ofNew, seconds)).containsEntry("written", "1774751400.250000");
            }
            try (Connection connection = inChina.getConnection()) {
                assertThat(SessionZone.of(connection)).isEqualTo(ZoneId.of("+08:00"));
            }
        }
    }

    private static void write(Migration<String, Row> service, String value) throws Exception {
        insert(service, "written", value);
    }

    private static void insert(Migration<String, Row> service, String id, String value) throws Exception {
        service.write(tx -> {
            try (Statement statement = tx.connection().createStatement()) {
                statement.execute("INSERT INTO odd VALUES ('" + id + "', " + value + ")");
            }
            tx.changed(id);
        });
    }

    private static void create(Database database, String type) throws SQLException {
        GrayTables.create(database.source());
        database.execute("CREATE TABLE odd (id VARCHAR(40) PRIMARY KEY, v " + type
                + (type.contains("NULL") ? "" : " NULL") + ")");
    }

    private static Migration<String, Row> started(Database old, DataSource source, Database ofNew) throws Exception {
        return new RowsAsTheyAre(TABLE).started(old, source, ofNew, DataPhase.CAPTURE);
    }

    private static Map<String, String> texts(Database database, String what) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        boolean mariadb = database.source().getJdbcUrl().startsWith("jdbc:mariadb");
        String sql = "SELECT id, CAST(" + what + " AS " + (mariadb ? "CHAR" : "VARCHAR") + ") FROM odd";
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        return found;
    }
}
