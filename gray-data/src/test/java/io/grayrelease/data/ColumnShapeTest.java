package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What is asked of a table's columns, which may have any number of rows. */
class ColumnShapeTest {
    private static final int ROWS = 1_000;

    @Test
    void read_ofALargeTable_readsNoRows() throws Exception {
        assumeTrue(LiveMariaDb.isInstalled());
        Table table = Table.named("names").key("id").shared("note").build();
        try (Database database = Database.of(Database.Make.MARIADB)) {
            database.execute(
                    "CREATE TABLE names (id INT PRIMARY KEY, note VARCHAR(40) COLLATE utf8mb4_bin)",
                    "INSERT INTO names SELECT seq, 'x' FROM seq_1_to_" + ROWS);
            Store store = Store.old(database.source(), table);
            try (Connection connection = database.source().getConnection()) {
                long before = rowsRead(connection);
                List<ColumnShape> shapes = ColumnShape.read(connection, store, table.shared());

                // The statements that ask for the number of rows read read some themselves.
                assertThat(rowsRead(connection) - before).isLessThan(ROWS);
                assertThat(shapes.get(1).collation).isEqualTo("utf8mb4_bin");
                assertThat(shapes).extracting(shape -> shape.nullable).containsExactly(false, true);
            }
        }
    }

    private static long rowsRead(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
            long all = 0;
            while (rows.next()) {
                all += rows.getLong(2);
            }
            return all;
        }
    }
}
