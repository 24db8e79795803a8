package io.grayrelease.data;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What MariaDB does to rows by itself, and must not do to those that it is brought. */
class MariaDbRowsTest {
    private static final Table TABLE = Table.named("odd")
            .key("id")
            .shared("v", "changed_at")
            .onlyNew("channel", "web")
            .build();
    private static final String ON_UPDATE =
            " TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)";

    @BeforeEach
    void isInstalled() {
        assumeTrue(Pair.installed().anyMatch(Pair.MARIADB::equals));
    }

    /** The event of an old version comes first, and what the new version wrote before changes its own columns alone. */
    @Test
    void columnOnUpdate_ofARowWhoseNewColumnsComeLate_isAsItWasWritten() throws Exception {
        try (Database ofNew = Pair.MARIADB.databaseOfNew()) {
            Applier applier = applier(ofNew, "id VARCHAR(20)");
            applier.accept(List.of(event("a", 1001, "2026-01-01T00:00:02", Map.of())));
            applier.accept(List.of(event("a", 1000, "2026-01-01T00:00:01", Map.of("channel", "app"))));

            assertThat(one(ofNew, "SELECT CONCAT(changed_at, ' ', channel) FROM odd"))
                    .isEqualTo("2026-01-01 00:00:02.000000 app");
        }
    }

    @Test
    void row0_ofAColumnThatDrawsNumbers_isOneRow() throws Exception {
        try (Database ofNew = Pair.MARIADB.databaseOfNew()) {
            Applier applier = applier(ofNew, "id INT AUTO_INCREMENT");
            applier.accept(List.of(
                    event("0", 1000, "2026-01-01T00:00:01", Map.of()),
                    event("5", 1001, "2026-01-01T00:00:01", Map.of())));
            applier.accept(List.of(event("0", 1002, "2026-01-01T00:00:02", Map.of("channel", "app"))));

            assertThat(one(ofNew, "SELECT GROUP_CONCAT(id ORDER BY id) FROM odd"))
                    .isEqualTo("0,5");
            assertThat(one(ofNew, "SELECT channel FROM odd WHERE id = 0")).isEqualTo("app");
        }
    }

    private static Applier applier(Database ofNew, String key) throws Exception {
        GrayTables.create(ofNew.source());
        ofNew.execute("CREATE TABLE odd (" + key + " PRIMARY KEY, v INT, changed_at" + ON_UPDATE
                + ", channel VARCHAR(10) NOT NULL)");
        return new Applier("odd", Store.ofNew(ofNew.source(), TABLE), TABLE, new Counts());
    }

    private static Event event(String id, long version, String time, Map<String, String> onlyNew) {
        return Event.of(
                id, version, Image.written(Map.of("id", id, "v", "1", "changed_at", time), Map.copyOf(onlyNew)));
    }

    private static String one(Database database, String sql) throws Exception {
        return Sql.one(database.source(), connection -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        });
    }
}
