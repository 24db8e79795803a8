package io.grayrelease.matrix.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every way of calling, in every column: one in each build, all of them with {@code -Pmatrix}. */
class MatrixTest {
    /** {@code one}, {@code all}, or a part of the names of those to try. */
    private static final String WHICH = System.getProperty("matrix.columns");

    private static final int AT_ONCE = 8;
    private static final CompatibilityTable TABLE = new CompatibilityTable();

    static Stream<Column> columns() {
        return WHICH.equals("one")
                ? Stream.of(Column.first())
                : Column.all().stream()
                        .filter(column -> WHICH.equals("all") || column.name().contains(WHICH));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void everyWay_keepsTheTagAndIsServedByItsVersion(Column column) throws Exception {
        Map<String, String> problems = new LinkedHashMap<>();
        try (TestingServer zooKeeper = new TestingServer(true);
                Fleet fleet = Fleet.start(column.chain(), zooKeeper.getConnectString(), folder(column))) {
            for (Map.Entry<Row, String> result : results(column, fleet).entrySet()) {
                Row row = result.getKey();
                Cell expected = row.expected(column.chain());
                TABLE.add(row, column, result.getValue().isEmpty() ? expected : Cell.BROKEN);
                if (!result.getValue().isEmpty()) {
                    problems.put(row.toString(), "expected " + expected + ", and\n" + result.getValue());
                }
            }
            assertThat(fleet.leftOnThreads()).isEmpty();
        }
        assertThat(problems).isEmpty();
    }

    @AfterAll
    static void writeTable() throws IOException {
        if (WHICH.equals("all")) {
            TABLE.writeInto(Path.of(System.getProperty("matrix.table")));
        }
    }

    private static Map<Row, String> results(Column column, Fleet fleet) throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<String>> problems = new ArrayList<>();
            for (Row row : column.rows()) {
                problems.add(users.submit(() -> row.problem(fleet, row.expected(column.chain()))));
            }
            Map<Row, String> results = new LinkedHashMap<>();
            for (int i = 0; i < problems.size(); i++) {
                results.put(column.rows().get(i), problems.get(i).get());
            }
            return results;
        } finally {
            users.shutdownNow();
        }
    }

    private static Path folder(Column column) throws IOException {
        return Folders.withPolicy(column.name().replaceAll("[^\\w.]+", "-"));
    }
}
