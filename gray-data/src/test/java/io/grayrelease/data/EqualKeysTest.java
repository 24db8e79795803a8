package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Keys that a database finds equal, though they are not the same text: upper and lower case. */
class EqualKeysTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final Table TABLE = Table.named("words")
            .key("id")
            .shared("note")
            .onlyNew("kind", "plain")
            .build();

    private final KeptEvents events = new KeptEvents();

    private static Row word(String id, String note) {
        return Row.of("id", id).and("note", note);
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void delete_ofAKeyThatOnlyTheNewStoreFindsEqual_leavesTheOtherRow(Pair pair) throws Exception {
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew();
                Migration<String, Row> service = service(old, true, ofNew)) {
            service.write(tx -> tx.insert(word("A", "keep me")));
            service.write(tx -> tx.insert(word("a", "x")));
            service.write(tx -> tx.delete("a"));
            for (Event event : events.awaited(3)) {
                events.deliver(event);
            }

            assertThat(words(old)).containsOnly(Map.entry("A", "keep me"));
            assertThat(words(ofNew)).containsOnly(Map.entry("A", "keep me"));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void delete_thatComesAfterTheInsertOfAnEqualKey_leavesTheInsertedRow(Pair pair) throws Exception {
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew();
                Migration<String, Row> service = service(old, false, ofNew)) {
            old.execute("INSERT INTO words VALUES ('a', '1')");
            service.write(tx -> tx.delete("a"));
            service.write(tx -> tx.insert(word("A", "2")));
            List<Event> all = events.awaited(2);
            events.deliver(all.get(1), all.get(0));

            assertThat(words(ofNew)).containsOnly(Map.entry("A", "2"));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void newColumnsAlone_ofAKeyThatOnlyTheNewStoreFindsEqual_leaveTheOtherRow(Pair pair) throws Exception {
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew();
                Migration<String, Row> service = service(old, true, ofNew)) {
            service.write(tx -> tx.insert(word("A", "1").and("kind", "mine")));
            service.write(tx -> tx.insert(word("a", "2").and("kind", "other")));
            service.write(tx -> tx.update(word("a", "3")));
            List<Event> all = events.awaited(3);
            events.deliver(all.get(0));
            // As if the update of an old version of the service had come before the insert, and the row gone by hand.
            ofNew.execute("UPDATE words SET id = 'b'");
            events.deliver(all.get(2));
            ofNew.execute("DELETE FROM words WHERE id = 'a'", "UPDATE words SET id = 'A'");
            events.deliver(all.get(1));

            assertThat(texts(ofNew, "SELECT id, kind FROM words")).containsOnly(Map.entry("A", "mine"));
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void delete_ofARowWhoseKeyIsFilledUpOnOneSideAlone_takesTheRow(Pair pair) throws Exception {
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            old.execute("CREATE TABLE words (id CHAR(8) PRIMARY KEY, note VARCHAR(40))");
            ofNew.execute("CREATE TABLE words (id CHAR(10) PRIMARY KEY, note VARCHAR(40), kind VARCHAR(10))");
            try (Migration<String, Row> service = started(old, ofNew)) {
                service.write(tx -> tx.insert(word("abc", "1")));
                service.write(tx -> tx.update(word("abc", "2")));
                List<Event> all = events.awaited(2);
                events.deliver(all.get(0), all.get(1));
                assertThat(words(ofNew)).containsValue("2").hasSize(1);

                service.write(tx -> tx.delete("abc"));
                events.deliver(events.awaited(3).get(2));
                assertThat(words(ofNew)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void newColumns_ofARowThatIsFoundByAnEqualKey_areReadAndStay(Pair pair) throws Exception {
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew();
                Migration<String, Row> service = service(old, false, ofNew)) {
            assertNewColumnsStay(service, ofNew, "abc", "ABC");
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void newColumns_ofARowWhoseKeyIsStoredInAnotherForm_areReadAndStay(Pair pair) throws Exception {
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            boolean hasUuid = pair != Pair.H2;
            String type = hasUuid ? "UUID" : "CHAR(50)";
            old.execute("CREATE TABLE words (id " + type + " PRIMARY KEY, note VARCHAR(40))");
            ofNew.execute("CREATE TABLE words (id " + type + " PRIMARY KEY, note VARCHAR(40), kind VARCHAR(10))");
            try (Migration<String, Row> service = started(old, ofNew)) {
                String key = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
                assertNewColumnsStay(service, ofNew, key, hasUuid ? key.toUpperCase(Locale.ROOT) : key);
            }
        }
    }

    /** The row is written then, and no database has failed: whoever swallows that must not commit. */
    @ParameterizedTest
    @MethodSource(PAIRS)
    void write_thatSwallowsThatItsKeyIsTooLong_isNotCommitted(Pair pair) throws Exception {
        try (Database old = pair.database();
                Database ofNew = pair.databaseOfNew()) {
            old.execute("CREATE TABLE words (id VARCHAR(300) PRIMARY KEY, note VARCHAR(40))");
            create(ofNew, false, ", kind VARCHAR(10)");
            try (Migration<String, Row> service = started(old, ofNew)) {
                assertThatThrownBy(() ->
                                service.write(tx -> assertThatThrownBy(() -> tx.insert(word("a".repeat(300), "1")))
                                        .isInstanceOf(IllegalArgumentException.class)))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("a row was written");
            }
            assertThat(words(old)).isEmpty();
        }
    }

    private void assertNewColumnsStay(Migration<String, Row> service, Database ofNew, String key, String equalKey)
            throws Exception {
        service.write(tx -> tx.insert(word(key, "1").and("kind", "mine")));
        Row found = service.read(equalKey).orElseThrow();
        assertThat(found.columns()).containsExactlyInAnyOrder("id", "note", "kind");
        assertThat(found.value("kind")).isEqualTo("mine");
        service.write(tx -> tx.update(found.and("note", "2")));
        List<Event> all = events.awaited(2);
        events.deliver(all.get(0), all.get(1));
        assertThat(texts(ofNew, "SELECT note, kind FROM words")).containsOnly(Map.entry("2", "mine"));
    }

    private Migration<String, Row> service(Database old, boolean casesDiffer, Database ofNew) throws Exception {
        create(old, casesDiffer, "");
        create(ofNew, false, ", kind VARCHAR(10)");
        return started(old, ofNew);
    }

    private Migration<String, Row> started(Database old, Database ofNew) throws Exception {
        GrayTables.create(old.source());
        GrayTables.create(ofNew.source());
        TwoStores.fact(old, "words", DataPhase.CAPTURE);
        return Migration.of("words", old.source(), ofNew.source(), new RowsAsTheyAre(TABLE))
                .phase(() -> DataPhase.CAPTURE)
                .withoutSteward()
                .carrier(events.factory())
                .start();
    }

    private static void create(Database database, boolean casesDiffer, String more) throws SQLException {
        String url = database.source().getJdbcUrl();
        String type = "VARCHAR(40)";
        if (url.startsWith("jdbc:mariadb")) {
            type += " COLLATE " + (casesDiffer ? "utf8mb4_bin" : "utf8mb4_general_ci");
        } else if (!casesDiffer && url.startsWith("jdbc:postgresql")) {
            database.execute(
                    "CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
            type += " COLLATE any_case";
        } else if (!casesDiffer) {
            type = "VARCHAR_IGNORECASE(40)";
        }
        database.execute("CREATE TABLE words (id " + type + " PRIMARY KEY, note VARCHAR(40)" + more + ")");
    }

    private static Map<String, String> words(Database database) throws SQLException {
        return texts(database, "SELECT id, note FROM words");
    }

    private static Map<String, String> texts(Database database, String sql) throws SQLException {
        Map<String, String> found = new TreeMap<>();
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
